import gzip
import io
import struct
import zipfile
from pathlib import Path

import pytest

from core.data.reading import container, limits
from core.data.reading.container import OTHERS, check_is_text, is_parquet, is_text, is_workbook, opened, unpacked
from core.data.reading.limits import TooLarge
from core.errors import UserError

CSV = b"a,b\n" + b"1,2\n" * 20


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)
    return packed.getvalue()


PACKED = {"plain": CSV, "gzip": gzip.compress(CSV), "zip": zipped(**{"t.csv": CSV})}
BROKEN = {
    "cut": PACKED["gzip"][:-12],
    "no gzip": b"\x1f\x8b\x08garbage",
    "half a zip": zipped(a=CSV)[:40],
    "a start": b"PK\x03\x04",
}


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_BYTES", 1_000_000)


def test_a_file_is_mapped_where_it_lies(tmp_path: Path) -> None:
    path = tmp_path / "table"
    path.write_bytes(CSV)
    assert bytes(opened(path)) == CSV
    path.write_bytes(b"")
    assert opened(path) == b""
    assert opened(CSV) is CSV


@pytest.mark.parametrize("packed", PACKED)
def test_bytes_decide_what_is_packed(packed: str) -> None:
    assert unpacked(PACKED[packed], "a.pdf") == (CSV, "" if packed == "plain" else packed)


def test_several_parts_of_gzip_are_one() -> None:
    assert unpacked(gzip.compress(CSV) + gzip.compress(CSV) + b"\0\0", "a")[0] == CSV + CSV


def test_a_workbook_and_a_parquet_file_are_known() -> None:
    book = zipped(**{"xl/workbook.xml": b"<x/>", "other.xml": b""})
    assert is_workbook(book)
    assert unpacked(book, "a")[0] is book
    assert not is_workbook(zipped(a=CSV))
    assert is_parquet(b"PAR1....")
    assert not is_parquet(CSV)


@pytest.mark.parametrize("pack", [gzip.compress, lambda raw: zipped(**{"t.csv": raw})], ids=["gzip", "zip"])
def test_a_bomb_is_stopped_while_it_is_unpacked(pack, small, monkeypatch: pytest.MonkeyPatch) -> None:
    most = []
    whole = io.BytesIO

    class Counting(whole):
        def write(self, piece: bytes) -> int:
            most.append(self.tell() + len(piece))
            return super().write(piece)

    raw = pack(b"1,2\n" * 500_000)
    monkeypatch.setattr(container.io, "BytesIO", Counting)
    with pytest.raises(TooLarge, match="at most 1 MB once it is unpacked. Found more") as caught:
        unpacked(raw, "bomb")
    assert max(most) == limits.MAX_BYTES + 1
    assert caught.value.rows > 0
    assert len(unpacked(raw, "bomb", sample=True)[0]) == 2_000_000


def test_a_bomb_is_no_sample_either(small) -> None:
    with pytest.raises(UserError, match="more than 2 times as much"):
        unpacked(gzip.compress(b"1,2\n" * 500_001), "bomb", sample=True)


def lying(raw: bytes) -> bytes:
    """The archive, saying that what it holds is small."""
    start = raw.find(b"PK\x01\x02")
    return raw[: start + 24] + struct.pack("<I", 100) + raw[start + 28 :]


def test_a_zip_that_says_it_is_too_large_is_not_unpacked_at_all(small) -> None:
    with pytest.raises(UserError, match="at most 1 MB. Found 4 MB"):
        unpacked(zipped(**{"t.csv": b"0" * 4_000_000}), "bomb")


def test_a_zip_that_lies_about_its_size_yields_no_more_than_it_said() -> None:
    found = None
    try:
        found = unpacked(lying(zipped(**{"t.csv": CSV * 100})), "lies")
    except UserError as error:
        assert "damaged" in str(error)  # noqa: PT017 (either will do)
    assert found is None or len(found[0]) <= 100


def test_a_large_file_is_refused_and_read_where_a_sample_is_asked_for(small) -> None:
    raw = b"1,2\n" * 300_000
    with pytest.raises(TooLarge, match="1.2 MB, which is 0.2 MB over"):
        unpacked(raw, "large")
    assert unpacked(raw, "large", sample=True)[0] is raw
    with pytest.raises(TooLarge):
        unpacked(raw * 2, "large", sample=True)


@pytest.mark.parametrize("name", ["../t.csv", "a/../../t.csv", "/etc/t.csv", "C:/t.csv", "..\\t.csv"])
def test_names_that_climb_are_refused(name: str) -> None:
    with pytest.raises(UserError, match="in folders within it"):
        unpacked(zipped(**{name: CSV}), "climbs")


def test_a_zip_should_hold_one_table() -> None:
    with pytest.raises(UserError, match="Found 2: “a.csv”, “b.csv”"):
        unpacked(zipped(**{"a.csv": CSV, "b.csv": CSV}), "two")
    with pytest.raises(UserError, match="Found none"):
        unpacked(zipped(**{".DS_Store": b"x", "__MACOSX/._t.csv": b"x"}), "none")
    assert unpacked(zipped(**{".DS_Store": b"x", "__MACOSX/._t.csv": b"x", "f/t.csv": CSV}), "one")[0] == CSV


def test_a_locked_zip() -> None:
    raw = bytearray(zipped(**{"t.csv": CSV}))
    raw[6] |= 1
    raw[raw.find(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UserError, match="password"):
        unpacked(bytes(raw), "locked")


@pytest.mark.parametrize("broken", BROKEN)
def test_broken_archives(broken: str) -> None:
    with pytest.raises(UserError, match="damaged"):
        unpacked(BROKEN[broken], "broken")


@pytest.mark.parametrize("start", OTHERS)
def test_what_is_no_text_is_named(start: bytes) -> None:
    with pytest.raises(UserError, match="should be a table. Found") as caught:
        check_is_text(start + b"\0\1\2\3", "a.csv")
    assert OTHERS[start] in str(caught.value)


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b" \n<!DOCTYPE html><p>", "a web page"),
        (b"\xef\xbb\xbf<HTML>", "a web page"),
        (b"<!-- x -->\n<table><tr>", "a web page"),
        (b"<?xml version='1.0'?><a/>", "an XML file"),
        (b"\1\2\3\0\0\0\4", "binary data"),
    ],
)
def test_pages_and_noise_are_named(raw: bytes, what: str) -> None:
    with pytest.raises(UserError, match=what):
        check_is_text(raw, "a.csv")


@pytest.mark.parametrize("raw", [CSV, b"MZ,a\n1,2\n", "a,b\n".encode("utf-16"), b"", b"<5,>3\n1,2\n"])
def test_texts_pass(raw: bytes) -> None:
    check_is_text(raw, "a.csv")


@pytest.mark.parametrize(
    ("raw", "could"),
    [(b"a,b\n1,2,3\n", True), (b"words", True), (b"", False), (b"  \n", False), (b"a\0b", False), (b"PK\x03\x04", False),
     (b"\x89PNG\r\n\x1a\n", False), (b"PAR1....PAR1", False), (b"<html><body>", False)],
)  # fmt: skip
def test_whether_it_could_be_a_text(raw: bytes, could: bool) -> None:
    assert is_text(raw) is could

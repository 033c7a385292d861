import pytest

from core.data.reading import encoding
from core.data.reading.encoding import decoded
from core.errors import UserError

TEXT = "größe,€\nstraße,1\r\ncafé,2\rx,3\n"


@pytest.fixture(params=[1 << 23, 3], ids=["whole", "in pieces of 3 bytes"], autouse=True)
def _pieces(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "PIECE", request.param)


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16"),
        (TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("cp1252"), "windows-1252"),
        (TEXT.replace("€", "\x81").encode("latin-1"), "latin-1"),
        (b"a,b\n1,2\n", "utf-8"),
    ],
)
def test_what_a_text_was_written_in(raw: bytes, found: str) -> None:
    text = decoded(raw, "a.csv")
    assert text.encoding == found
    assert text.notes == ()
    assert bytes(text.raw)[text.start :].decode() in (TEXT, TEXT.replace("€", "\x81"), "a,b\n1,2\n")
    again = decoded(raw, "a.csv", text.encoding)
    assert bytes(again.raw)[again.start :] == bytes(text.raw)[text.start :]


def test_few_foreign_lines_are_read_as_windows_1252_and_told() -> None:
    raw = TEXT.encode() + "öde,€\n".encode("cp1252")
    text = decoded(raw, "a.csv")
    assert bytes(text.raw).decode() == TEXT + "öde,€\n"
    assert text.notes == ("The file is UTF-8, but for line 5: read there as Windows-1252.",)
    two = decoded(raw + b"\x81\xe9\n", "a.csv")
    assert bytes(two.raw).decode() == TEXT + "öde,€\n\x81é\n"
    assert two.notes == ("The file is UTF-8, but for 2 lines, the first is line 5: read there as Windows-1252.",)


def test_half_and_half_is_told_too() -> None:
    raw = "a,b\nZürich,1\n".encode() + "Zürich,2\nKöln,3\nBärn,4\n".encode("cp1252")
    text = decoded(raw, "a.csv")
    assert bytes(text.raw).decode() == "a,b\nZürich,1\nZürich,2\nKöln,3\nBärn,4\n"
    assert text.notes == ("The file is UTF-8, but for 3 lines, the first is line 3: read there as Windows-1252.",)


def test_a_person_may_choose() -> None:
    assert bytes(decoded("é".encode(), "a", "latin-1").raw).decode() == "Ã©"
    assert bytes(decoded("é".encode(), "a", "windows-1252").raw).decode() == "Ã©"
    assert bytes(decoded("é,a\n".encode("cp1252"), "a", "utf-8").raw).decode() == "é,a\n"
    assert bytes(decoded("éa".encode("utf-16-le"), "a", "utf-16").raw).decode() == "éa"


@pytest.mark.parametrize(
    ("raw", "chosen", "words"),
    [
        (b"a,b\n\x81", "windows-1252", "Windows-1252. Found other bytes in line 2"),
        (b"a\0\n\0\x00\xd8,\0", "utf-16", "UTF-16. Found other bytes"),
        (b"a,b,c", "utf-16", "UTF-16. Found other bytes"),
        (b"a,b\n1,\0", None, "NUL"),
        ("a\0b".encode("utf-16"), None, "NUL"),
    ],
)
def test_what_is_no_text_in_it_is_refused(raw: bytes, chosen, words: str) -> None:
    with pytest.raises(UserError, match=words):
        decoded(raw, "a.csv", chosen)

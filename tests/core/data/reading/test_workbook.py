"""Workbooks' archives: which are refused before anyone reads them, and what is left of the others."""

import io
import struct
import zipfile

import openpyxl
import pytest

from core.data.reading import workbook
from core.data.reading.workbook import OLE, opened
from core.errors import UserError

STRINGS = "xl/sharedStrings.xml"
SHEET = "xl/worksheets/sheet1.xml"


def archive(
    sheet: bytes = b"<row r='1'><c r='A1'><v>1</v></c></row>", method: int = zipfile.ZIP_DEFLATED, **parts: bytes
) -> bytes:
    file = io.BytesIO()
    given = {"xl/workbook.xml": b"<workbook/>", SHEET: b"<sheetData>" + sheet + b"</sheetData>"}
    with zipfile.ZipFile(file, "w", method) as made:
        for path, part in (given | parts).items():
            made.writestr(path, part)
    return file.getvalue()


def refused(raw: bytes) -> str:
    with pytest.raises(UserError) as caught:
        opened(raw, "own.xlsx")
    assert caught.value.found
    assert caught.value.fix
    return str(caught.value)


def test_what_is_packed_anew_has_the_same_values_and_nothing_else():
    book = openpyxl.Workbook()
    for row in (["a", "b"], ["x", 1]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    with zipfile.ZipFile(file, "a") as more:
        more.writestr("xl/vbaProject.bin", b"Sub AutoOpen()")
        more.writestr("xl/externalLinks/externalLink1.xml", b"<externalLink/>")
        more.writestr("xl/media/image1.png", b"\x89PNG")
        more.writestr("../../climbs.xml", b"<a/>")
    with zipfile.ZipFile(opened(file.getvalue(), "own.xlsm").file) as anew, zipfile.ZipFile(file) as old:
        kept = anew.namelist()
        assert anew.read(SHEET) == old.read(SHEET)
    assert SHEET in kept
    assert not any(word in " ".join(kept) for word in ("vba", "external", "media"))
    again = openpyxl.load_workbook(opened(file.getvalue(), "own.xlsm").file)
    assert [[cell.value for cell in row] for row in again.active.iter_rows()] == [["a", "b"], ["x", 1]]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE + b"\0" * 600, "old Excel file"),
        (b"PK\x03\x04 no archive", "broken"),
        (archive()[:200], "broken"),
        (b"", "broken"),
    ],
    ids=["locked", "xls", "no archive", "cut", "nothing"],
)
def test_what_is_no_workbook_is_refused(raw, words):
    assert words in refused(raw)


def test_other_archives_are_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("content.xml", b"<office/>")
    assert "another kind of archive" in refused(file.getvalue())
    with zipfile.ZipFile(file, "a") as made:
        made.writestr("xl/workbook.bin", b"")
    assert ".xlsb" in refused(file.getvalue())


def test_a_bomb_is_refused_by_what_it_says(monkeypatch):
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 100_000)
    before = archive(**{"xl/more.xml": b"0" * 200_000})
    assert len(before) < 2_000
    assert "at most" in refused(before)


def test_a_bomb_that_lies_about_its_size_is_refused():
    raw = archive(sheet=b"<row>" + b"0" * 5_000_000)
    size = struct.pack("<I", 5_000_000 + len("<sheetData></sheetData><row>"))
    assert size in raw
    assert "broken" in refused(raw.replace(size, struct.pack("<I", 100)))


def test_unusual_packing_is_refused():
    assert "unusual" in refused(archive(method=zipfile.ZIP_LZMA))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused():
    file = io.BytesIO(archive())
    with zipfile.ZipFile(file, "a") as more:
        more.writestr(SHEET, b"<sheetData/>")
    assert "no spreadsheet program writes" in refused(file.getvalue())


FAR = [
    b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    b"<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    b'<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>'
    b'<x:row r = "1048576"><x:c s="1" r\n=\n"XFD1048576"><x:v>1</x:v></x:c></x:row>',
    b'<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>',
    b'<row r="1048576"><c><v>1</v></c></row><row r="3"><c r="XFD3"><v>1</v></c></row>',
    b"<row>" + b"<c><v>1</v></c>" * 20_000 + b"</row>" + b"<row><c><v>1</v></c></row>" * 20_000,
    b'<row r="1"><c r="XFC1"><v>1</v></c><c><v>1</v></c></row>' + b"<row><c><v>1</v></c></row>" * 20_000,
]


@pytest.mark.parametrize("rows", FAR, ids=range(len(FAR)))
def test_cells_far_apart_are_refused(rows):
    assert "close together" in refused(archive(sheet=rows))


def test_empty_cells_far_away_harm_nobody():
    """As programs write them that colour whole rows and columns."""
    rows = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="4"/></row>'
    opened(archive(sheet=rows), "own.xlsx")


def test_a_long_text_in_many_cells_is_refused_and_a_long_one_in_one_is_not():
    long = b"<sst><si><t>" + b"x" * 2_000_000 + b"</t></si><si><t>short</t></si></sst>"

    def rows(*places: int) -> bytes:
        return b"<row r='1'>" + b"".join(b'<c r="A1" t="s"><v>%d</v></c>' % place for place in places) + b"</row>"

    opened(archive(rows(0, *[1] * 20_000), **{STRINGS: long}), "own.xlsx")
    assert "when unpacked" in refused(archive(rows(*[0] * 600), **{STRINGS: long}))
    hidden = rows(*[0] * 600).replace(b"<v>", b"<!-- -->  <v>")
    assert "when unpacked" in refused(archive(hidden, **{STRINGS: long}))


def test_errors_are_counted():
    rows = b'<row r="1"><c r="A1" t="e"><v>#DIV/0!</v></c><c r="B1" t="e"><v>#N/A</v></c><c r="C1" t="s"><v>0</v></c></row>'
    assert opened(archive(sheet=rows), "own.xlsx").errors == 2

"""Workbooks read: the values as they were stored, and one sentence for what cannot be read. Most are written by openpyxl."""

import datetime
import io
import zipfile
from functools import lru_cache
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.dataset import Table
from core.data.reading import read
from core.data.reading.sheet import read_sheet
from core.errors import UserError
from core.experiment import Reading

HEAD = ["age", "dose", "ill"]
ROWS = [HEAD, *([40 + n, n / 4, n % 2 == 0] for n in range(12))]


def written(*sheets: list[list[Any]], names: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(names[number] if names else f"Sheet{number + 1}")
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@lru_cache
def whole() -> bytes:
    """One workbook for all examples: another would have another time in it."""
    return written(ROWS)


def table(*sheets: list[list[Any]], **reading: Any) -> Table:
    return read_sheet(written(*sheets), "own.xlsx", Reading(**reading))


def refused(raw: bytes, **reading: Any) -> str:
    with pytest.raises(UserError) as caught:
        read_sheet(raw, "own.xlsx", Reading(**reading))
    told = str(caught.value)
    assert caught.value.found
    assert caught.value.fix
    assert "\n" not in told
    assert len(told) < 400
    return told


def anew(raw: bytes, **parts: bytes) -> bytes:
    """The workbook with other parts: `sheet1=b"..."` for its first sheet, others by their path with __ for / and _ for ."""
    file = io.BytesIO()
    paths = {"sheet1": "xl/worksheets/sheet1.xml", "strings": "xl/sharedStrings.xml"}
    given = {paths.get(name, name): part for name, part in parts.items()}
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename not in given:
                new.writestr(part.filename, old.read(part))
        for path, part in given.items():
            new.writestr(path, part)
    return file.getvalue()


def sheet_xml(rows: bytes) -> bytes:
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return b'<worksheet xmlns="' + space + b'"><sheetData>' + rows + b"</sheetData></worksheet>"


def test_numbers_answers_and_texts_come_as_they_were_stored():
    found = table(ROWS)
    assert found.frame.equals(pd.DataFrame(ROWS[1:], columns=HEAD))
    assert [str(each) for each in found.frame.dtypes] == ["int64", "float64", "bool"]
    assert found.notes == ()
    assert found.understood.kind == "Excel"
    assert found.understood.rows == 12
    assert found.understood.sheets == ("Sheet1",)
    assert found.understood.reading == Reading(header=True, skip=0, sheet="Sheet1")


def test_empty_cells_are_missing_whatever_the_column_holds():
    frame = table([HEAD, [1, "a", True], [None, None, None], [None, "b", None], [3, None, False]]).frame
    assert len(frame) == 3
    assert frame.isna().sum().tolist() == [1, 1, 1]
    assert frame["ill"].tolist()[::2] == [True, False]


def test_dates_are_iso_texts_and_shares_the_numbers_stored():
    day = datetime.date(2020, 1, 31)
    noon = datetime.datetime(2020, 1, 31, 12, 30)
    frame = table(
        [["day", "when", "time", "span"], *[[day, noon, datetime.time(8, 5), datetime.timedelta(hours=30)]] * 3]
    ).frame
    assert frame.iloc[0].tolist() == ["2020-01-31", "2020-01-31 12:30:00", "08:05:00", "30:00:00"]
    book = openpyxl.Workbook()
    for row in (["share", "x"], [0.125, 1], [0.5, 2]):
        book.active.append(row)
    for row in (2, 3):
        book.active.cell(row, 1).number_format = "0.0%"
    file = io.BytesIO()
    book.save(file)
    assert read_sheet(file.getvalue(), "own.xlsx", Reading()).frame["share"].tolist() == [0.125, 0.5]


def test_formulas_give_what_was_stored_with_them_and_errors_are_missing():
    rows = b'<row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v>b</v></c></row>'
    rows += b'<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    rows += b'<row r="3"><c r="A3"><f>1+2</f><v>3</v></c><c r="B3"><v>7</v></c></row>'
    found = read_sheet(anew(written(ROWS), sheet1=sheet_xml(rows)), "own.xlsx", Reading())
    assert found.frame["a"].tolist() == [2, 3]
    assert found.frame["b"].isna().tolist() == [True, False]
    assert found.notes == ("1 cell of the file holds an error, such as #DIV/0!, and counts as missing.",)


def test_a_title_and_empty_rows_and_columns_around_are_left_out():
    rows = [["Report of the ward"], [], [None, None, *HEAD], *([None, None, *row] for row in ROWS[1:])]
    found = table(rows)
    assert found.frame.equals(table(ROWS).frame)
    assert found.notes == ("2 rows above the table and 2 empty columns are left out.",)
    assert found.understood.reading.skip == 2
    again = table(rows, skip=2, header=True)
    assert again.frame.equals(found.frame)
    assert again.notes == ("2 empty columns are left out.",)


def test_groups_of_columns_above_the_header_are_a_title():
    rows = [["Person", None, "Result", None], ["age", "sex", "dose", "ill"], *([n, "f", n / 2, "no"] for n in range(9))]
    assert list(table(rows).frame.columns) == ["age", "sex", "dose", "ill"]


def test_a_sheet_of_numbers_has_no_header():
    found = table([[1, 2.5], [2, 3.5], [3, 4.5]])
    assert list(found.frame.columns) == ["column 1", "column 2"]
    assert len(found.frame) == 3
    assert "no names" in found.notes[0]
    assert list(table(ROWS, header=False).frame.columns) == ["column 1", "column 2", "column 3"]


def test_names_are_made_their_own():
    assert list(table([["a", "a", None], [1, 2, 3], [4, 5, 6]]).frame.columns) == ["a", "a (2)", "column 3"]


def test_numbers_as_text_are_numbers_as_in_a_text_file():
    found = table([["price", "n"], *([f"{n},50", str(n)] for n in range(1, 30))])
    assert found.frame["price"].tolist() == [n + 0.5 for n in range(1, 30)]
    assert found.frame["n"].tolist() == list(range(1, 30))
    assert found.understood.columns["price"] == "decimal comma"


def test_a_column_of_numbers_and_texts_is_texts():
    assert table([["code", "n"], *([n, n] for n in range(4)), ["x7", 5], [True, 6]]).frame["code"].tolist() == [
        "0", "1", "2", "3", "x7", "True",
    ]  # fmt: skip


def test_the_first_sheet_with_cells_or_the_one_chosen():
    raw = written([], ROWS, [["x", "y"], [1, 2]], names=("Empty", "Data", "Other"))
    found = read_sheet(raw, "own.xlsx", Reading())
    assert found.understood.reading.sheet == "Data"
    assert found.understood.sheets == ("Empty", "Data", "Other")
    assert found.notes == ("This is the sheet “Data”; the file also has “Empty”, “Other”.",)
    assert list(read_sheet(raw, "own.xlsx", Reading(sheet="Other")).frame.columns) == ["x", "y"]
    assert "one of “Empty”, “Data”, “Other”" in refused(raw, sheet="other")
    assert "no cells" in refused(raw, sheet="Empty")


def test_a_sheet_with_a_few_words_is_not_the_table():
    raw = written([["About this export"], ["made in May"], ["by the ward"]], ROWS, names=("Info", "Data"))
    assert read_sheet(raw, "own.xlsx", Reading()).understood.reading.sheet == "Data"


def test_a_hidden_sheet_comes_last():
    book = openpyxl.load_workbook(io.BytesIO(written([["h", "i"], [1, 2]], ROWS)))
    book.worksheets[0].sheet_state = "hidden"
    book.active = 1
    file = io.BytesIO()
    book.save(file)
    assert read_sheet(file.getvalue(), "own.xlsx", Reading()).understood.reading.sheet == "Sheet2"


def test_a_sample_of_rows_is_drawn_and_said():
    found = table(ROWS, rows=5)
    assert len(found.frame) == 5
    assert set(found.frame["age"]) <= set(range(40, 52))
    assert found.understood.rows == 12
    assert "5 of the file's 12 rows" in found.notes[0]
    assert found.frame.equals(table(ROWS, rows=5).frame)


def test_a_column_that_begins_late_keeps_its_place():
    rows = [["a", "b"], *([n, None] for n in range(25_000)), [25_000, 7.5]]
    frame = table(rows).frame
    assert frame["b"].notna().sum() == 1
    assert frame["b"].iloc[-1] == 7.5
    assert frame["a"].tolist() == list(range(25_001))


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "no sheet with cells"),
        ([HEAD], "only the header"),
        ([["a"], [1], [2]], "two columns"),
        ([[f"c{n}" for n in range(2_001)], list(range(2_001))], "at most 2,000 columns"),
    ],
    ids=["empty", "header only", "one column", "many columns"],
)
def test_what_is_no_table_is_refused(rows, words):
    assert words in refused(written(rows))


def test_skipping_everything_is_refused():
    assert "Skip fewer rows" in refused(written(ROWS), skip=900)


def test_macros_and_links_to_other_files_are_never_looked_at():
    raw = anew(
        written(ROWS),
        **{
            "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 Sub AutoOpen()",
            "xl/externalLinks/externalLink1.xml": b"<externalLink><externalBook/></externalLink>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": b'<Relationships><Relationship Target="http://a.b/c.xlsx"/></Relationships>',
        },
    )
    assert read(raw, "own.xlsm").frame.equals(table(ROWS).frame)


cell = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(-1e12, 1e12, allow_subnormal=False),
    st.text("abcäß€日🙂<>&\"'=", min_size=1, max_size=8),
)


def told(raw: bytes) -> str:
    """What is said of a file that is no table; of a table, nothing."""
    try:
        read_sheet(raw, "own.xlsx", Reading())
    except UserError as error:
        return str(error)
    return ""


@settings(max_examples=100)
@given(st.lists(st.lists(cell, min_size=3, max_size=3), min_size=1, max_size=6))
def test_what_is_read_back_equals_what_was_written(rows):
    rows = [["no", *row] for row in rows]
    frame = table([["key", "x", "y", "z"], *([*row] for row in rows)], header=True, skip=0).frame
    for place, column in enumerate(frame.columns):
        told = [row[place] for row in rows]
        kinds = {type(each) for each in told if each is not None}
        if kinds <= {int, float} and kinds:
            assert [each is None for each in told] == frame[column].isna().tolist()
            assert [pytest.approx(each, rel=1e-14) for each in told if each is not None] == frame[column].dropna().tolist()
        elif kinds == {bool}:
            assert [each for each in told if each is not None] == frame[column].dropna().tolist()


@settings(max_examples=200)
@given(st.data())
def test_damaged_files_are_a_table_or_a_sentence(data):
    raw = bytearray(whole())
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.one_of(st.none(), st.integers(0, len(raw))))
    assert "\n" not in told(bytes(raw[:cut]))


@settings(max_examples=200)
@given(st.data())
def test_damaged_sheets_are_a_table_or_a_sentence(data):
    """The archive is whole, and what is in it is not."""
    raw = whole()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        path = data.draw(st.sampled_from([name for name in archive.namelist() if name.endswith((".xml", ".rels"))]))
        part = bytearray(archive.read(path))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(part) - 1))
        part[at : at + data.draw(st.integers(0, 3))] = data.draw(
            st.sampled_from([b"", b"<", b">", b'"', b"9", b"\0", b"r=", b"ZZ9"])
        )
    assert "\n" not in told(anew(raw, **{path: bytes(part)}))

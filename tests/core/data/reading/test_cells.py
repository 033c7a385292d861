import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from core.data.infer import kind_of, missing_marks
from core.data.reading.cells import EMPTY, Cells, Settled, is_empty, settle


def settled(*columns: list[str | None], decimal=None, likely=".") -> Settled:
    cells = [Cells() for _ in columns]
    for each, texts in zip(cells, columns, strict=True):
        each.add(pa.array(texts, pa.string()))
    found = settle(cells, [f"c{i}" for i in range(len(columns))], decimal, likely)
    if isinstance(found, set):
        again = [Cells(texts=place in found) for place in range(len(columns))]
        for each, texts in zip(again, columns, strict=True):
            each.add(pa.array(texts, pa.string()))
        found = settle(again, [f"c{i}" for i in range(len(columns))], decimal, likely)
    assert isinstance(found, Settled)
    return found


@pytest.mark.parametrize(
    ("texts", "values", "done"),
    [
        (["1", "2"], [1, 2], ""),
        (["1", None], [1.0, None], ""),
        (["1", "2.5", "inf"], [1.0, 2.5, np.inf], ""),
        ([" 1", "2 ", " NA "], [1.0, 2.0, None], ""),
        (["x", "y", " na", "N/A"], ["x", "y", None, None], ""),
        ([None, None], [None, None], ""),
        (["1,5", "2"], [1.5, 2.0], "decimal comma"),
        (["1,5", "2 "], [1.5, 2.0], "decimal comma"),
        (["1,234", "2"], [1234, 2], "mark before three digits"),
        (["1.234,5", None], [1234.5, None], "decimal comma, thousands separators"),
        (["5 %", "7 %"], [5, 7], "per cent sign"),
        (["5 %", "7"], ["5 %", "7"], "numbers in several ways"),
        (["1,5", "2.5"], ["1,5", "2.5"], "numbers in several ways"),
        (["€ 5", "(7)"], [5, -7], "currency sign, brackets as minus"),
        (["007", "12"], ["007", "12"], "leading zeros"),
        (["0", "0.5", "-0"], [0, 0.5, 0], ""),
        (["0x1F", "1"], ["0x1F", "1"], ""),
        (["1234567890123456", "1"], ["1234567890123456", "1"], "long numbers"),
        (["99999999999999999999", "1"], ["99999999999999999999", "1"], "long numbers"),
        (["TRUE", "false"], [True, False], ""),
        (["TRUE", None], [True, None], ""),
        (["yes", "no", "yes"], ["yes", "no", "yes"], ""),
        (["Yes", "no", "Y", "0"], ["yes", "no", "yes", "no"], "yes and no"),
        (["yes", "no", "perhaps"], ["yes", "no", "perhaps"], ""),
        (["normal", "abnormal", "sick"], ["normal", "abnormal", "sick"], ""),
        (["+", "-"], ["+", "-"], ""),
        (["1,5", "?", "2,5"], ["1.5", "?", "2.5"], "decimal comma"),
        (["S", "M", "1", "2"], ["S", "M", "1", "2"], ""),
        (["2020-01-01", "2020-01-02"], ["2020-01-01", "2020-01-02"], ""),
    ],
)
def test_what_texts_are(texts, values, done) -> None:
    found = settled(texts)
    assert [None if pd.isna(cell) else cell for cell in found.frame["c0"].tolist()] == values
    assert found.done.get("c0", "") == done


def test_the_files_mark_decides_where_a_column_says_two_things() -> None:
    assert settled(["1,234", "2,345"], likely=",").frame["c0"].tolist() == [1.234, 2.345]
    assert settled(["1,234", "2,345"], ["1.5", "2.5"], likely=",").frame["c0"].tolist() == [1234, 2345]
    found = settled(["1.234", "2.345"], ["1,5", "2,5"])
    assert found.decimal == ","
    assert found.frame["c0"].tolist() == [1234, 2345]
    assert found.notes[0] == "A comma is the decimal mark in c1."
    assert "A mark before three digits is taken for the decimal mark in c0" in found.notes[1]


def test_a_person_decides() -> None:
    assert settled(["1,5", "2,5"], decimal=".").frame["c0"].tolist() == ["1,5", "2,5"]
    assert settled(["1.5", "2.5"], decimal=",").frame["c0"].tolist() == ["1.5", "2.5"]
    assert settled(["1,234"] * 2, decimal=",").frame["c0"].tolist() == [1.234] * 2


def test_words_among_numbers_are_named_and_proposed_as_missing() -> None:
    texts = [f"{i},5" for i in range(20)] + ["high", "low ", "high", "?"]
    found = settled(texts)
    assert found.notes == ("A comma is the decimal mark in c0.",)
    column = found.frame["c0"]
    assert missing_marks(column) == ("?", "high", "low")
    assert kind_of(column, missing_marks(column)) == "number"


def test_numbers_beyond_bounds_are_counted() -> None:
    assert settled(["1e308", "inf", "1"]).notes == (
        "2 cells hold a number beyond 1e+30 or infinite: as numbers they count as missing.",
    )


def test_texts_that_come_after_numbers_are_asked_for_again() -> None:
    cells = Cells()
    cells.add(pa.array(["1", "2"]))
    assert not cells.lost
    cells.add(pa.array(["x"]))
    assert cells.lost
    late = Cells()
    late.add(pa.array([None, None], pa.string()))
    late.add(pa.array(["x"]))
    assert not late.lost
    assert late.array.to_pylist() == [None, None, "x"]
    mixed = Cells()
    mixed.add(pa.array(["1"]))
    mixed.add(pa.array(["2.5"]))
    assert mixed.array.to_pylist() == [1.0, 2.5]


def test_what_says_that_there_is_no_value() -> None:
    assert {"", "NA", "n/a", "NaN", "null", "#N/A"} <= set(EMPTY)
    assert is_empty(pa.array([" Na ", "nUlL", "", "0", "none", "?", "-"])).to_pylist() == [True] * 3 + [False] * 4


def test_a_note_names_few_of_many_columns() -> None:
    assert settled(*[["1,5", "2,5"]] * 8).notes == ("A comma is the decimal mark in c0, c1, c2, c3, c4 and 3 more.",)

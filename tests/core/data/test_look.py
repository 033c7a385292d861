"""Pages of a table: the order of sorting, what is found, what a page shows."""

import numpy as np
import pandas as pd
import pytest

from core.data.look import amounts, matching, page_of, sorted_rows
from core.data.values import numbers

FRAME = pd.DataFrame(
    {
        "age": [40.0, np.nan, 9.0, 40.0, -9.0],
        "ward": ["b", "B ", None, "a10", "10"],
        "count": [3, 1, 2, 1, 2],
        "ill": [True, False, True, True, False],
    },
    index=[0, 1, 2, 5, 9],
)


def test_numbers_by_size_missing_last_equal_ones_as_they_stood():
    assert sorted_rows(FRAME["age"], marks=(-9.0,)).tolist() == [2, 0, 3, 1, 4]
    assert sorted_rows(FRAME["age"], True, marks=(-9.0,)).tolist() == [0, 3, 2, 1, 4]
    assert sorted_rows(FRAME["age"]).tolist() == [4, 2, 0, 3, 1]
    assert sorted_rows(FRAME["count"]).tolist() == [1, 3, 2, 4, 0]
    assert sorted_rows(FRAME["count"], True).tolist() == [0, 2, 4, 1, 3]
    assert sorted_rows(FRAME["count"], True, marks=(3.0,)).tolist() == [2, 4, 1, 3, 0]


def test_texts_whatever_their_case_missing_last():
    assert sorted_rows(FRAME["ward"]).tolist() == [4, 3, 0, 1, 2]
    assert sorted_rows(FRAME["ward"], True).tolist() == [0, 1, 3, 4, 2]
    assert sorted_rows(FRAME["ward"], marks=("b",)).tolist() == [4, 3, 1, 0, 2]
    assert sorted_rows(FRAME["ill"]).tolist() == [1, 4, 0, 2, 3]


@pytest.mark.parametrize("dtype", ["str", object])
def test_numbers_among_texts_are_sorted_as_numbers(dtype):
    column = pd.Series(["10", "9", "?", "1e2", "-3", "x", ".5"], dtype=dtype)
    assert sorted_rows(column, marks=("?",)).tolist() == [4, 6, 1, 0, 3, 5, 2]


def test_whole_numbers_too_long_for_a_float_keep_their_order():
    column = pd.Series([2**60 + 1, 2**60, 2**60 + 2])
    assert sorted_rows(column).tolist() == [1, 0, 2]
    assert sorted_rows(column, True).tolist() == [2, 0, 1]
    assert sorted_rows(pd.Series([1, 2, 3], dtype="uint64"), True).tolist() == [2, 1, 0]


@pytest.mark.parametrize("descending", [False, True])
def test_any_column_is_sorted_as_python_sorts(descending):
    draw = np.random.default_rng(0)
    column = pd.Series(draw.integers(0, 50, 500).astype(float)).where(draw.random(500) > 0.2)
    known = [place for place in range(500) if not np.isnan(column[place])]
    expected = sorted(known, key=lambda place: -column[place] if descending else column[place])
    assert sorted_rows(column, descending).tolist() == expected + [place for place in range(500) if np.isnan(column[place])]
    words = column.map(lambda value: f"w{value:02.0f}", na_action="ignore").astype("str")
    order = sorted_rows(words, descending).tolist()
    assert order == sorted_rows(column, descending).tolist()


def test_words_are_found_whatever_their_case_and_never_as_a_pattern():
    column = pd.Series(["Anna (x)", "hanna", None, "Bob", ".*"])
    assert matching(column, "ANN").tolist() == [True, True, False, False, False]
    assert matching(column, "(x").tolist() == [True, False, False, False, False]
    assert matching(column, ".*").tolist() == [False, False, False, False, True]


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        ("40", [0, 3]),
        ("= 40.0", [0, 3]),
        ("> 9", [0, 3]),
        (">=9", [0, 2, 3]),
        ("<40", [2]),
        ("<= -1", []),
        ("x", []),
        ("  ", []),
    ],
)
def test_numbers_are_found_by_size(asked, rows):
    assert np.flatnonzero(matching(FRAME["age"], asked, marks=(-9.0,))).tolist() == rows


def test_a_page_has_the_file_s_row_numbers_and_says_what_is_missing():
    page = page_of(FRAME, None, 1, 3, ["age", "ward"], lambda name: {"age": (9.0,)}.get(name, ()))
    assert page.cells.index.tolist() == [1, 2, 3]
    assert page.cells["age"].tolist() == ["40", None, "9 (missing)"]
    assert page.cells["ward"].tolist() == ["b", "B", None]
    assert (page.number, page.pages, page.first, page.last, page.rows) == (1, 2, 1, 3, 5)
    last = page_of(FRAME, None, 2, 3, ["count"])
    assert (last.cells.index.tolist(), last.cells["count"].tolist()) == ([6, 10], ["1", "2"])


def test_a_page_of_chosen_rows_in_their_order():
    page = page_of(FRAME, np.array([4, 0, 2]), 1, 2, ["age"])
    assert (page.cells.index.tolist(), page.cells["age"].tolist()) == ([10, 1], ["-9", "40"])


@pytest.mark.parametrize(("asked", "number"), [(0, 1), (-3, 1), (99, 3)])
def test_a_page_that_is_not_there_is_the_nearest(asked, number):
    assert page_of(FRAME, None, asked, 2, ["age"]).number == number


def test_nothing_found_is_one_empty_page():
    page = page_of(FRAME, np.array([], dtype=np.int32), 1, 25, ["age"])
    assert (page.rows, page.pages, page.first, page.last, len(page.cells)) == (0, 1, 0, 0, 0)


def test_numbers_are_written_without_what_computers_add():
    frame = pd.DataFrame({"x": [0.1 + 0.2, 2021.0, 1e-7, 12345.678, 12345678901234.0]})
    cells = page_of(frame, None, 1, 25, ["x"]).cells["x"].tolist()
    assert cells == ["0.3", "2021", "1e-07", "12345.678", "12345678901234"]
    assert page_of(pd.DataFrame({"x": [2**60 + 1]}), None, 1, 25, ["x"]).cells["x"].tolist() == [str(2**60 + 1)]


def test_long_cells_are_cut():
    page = page_of(pd.DataFrame({"x": ["y" * 1000]}), None, 1, 25, ["x"])
    assert page.cells["x"].tolist() == ["y" * 199 + "…"]


@pytest.mark.parametrize("dtype", ["float64", "float32", "Float64"])
@pytest.mark.parametrize("marks", [(), (-9.0,), ("-9", "x"), (0.1,), (7.0, 0.1)])
def test_amounts_are_the_numbers(dtype, marks):
    column = pd.Series([1.0, -9.0, 0.1, None, 7.0], dtype=dtype)
    assert amounts(column, marks) == pytest.approx(numbers(column, marks), nan_ok=True)


def test_amounts_too_large_are_missing():
    assert np.isnan(amounts(pd.Series([1e308, np.inf, -np.inf]))).all()
    page = page_of(pd.DataFrame({"x": [1.5, np.inf]}), None, 1, 25, ["x"])
    assert page.cells["x"].tolist() == ["1.5", "inf (missing)"]

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.data.values import codes, has_decimal_commas, label, levels, natural, no_first, numbers, texts


@pytest.mark.parametrize(
    ("value", "text"),
    [(1, "1"), (1.0, "1"), (np.float64(-3), "-3"), (1.5, "1.5"), (" a ", "a"), (True, "True"), (1e300, "1e+300")],
)
def test_label_writes_as_people_do(value, text):
    assert label(value) == text


def test_texts_are_none_where_nothing_is_known():
    assert texts(pd.Series([1.0, np.nan, 0.0, 2.0]), [0]).tolist() == ["1", None, None, "2"]
    assert texts(pd.Series(["a", " ", None, "?", "b "]), ["?"]).tolist() == ["a", None, None, None, "b"]
    assert texts(pd.Series([True, False])).tolist() == ["True", "False"]
    assert texts(pd.Series([], dtype=object)).tolist() == []


def test_a_mark_counts_however_it_is_written():
    for mark in (0, 0.0, "0"):
        assert texts(pd.Series([0, 1]), [mark]).tolist() == [None, "1"]
        assert np.isnan(numbers(pd.Series(["0", "1"]), [mark])).tolist() == [True, False]


def test_numbers_are_nan_where_nothing_is_known():
    np.testing.assert_array_equal(numbers(pd.Series(["1", " 2.5", "x", None, "1e400"])), [1, 2.5, np.nan, np.nan, np.nan])
    np.testing.assert_array_equal(numbers(pd.Series([1, -9, 3]), [-9]), [1, np.nan, 3])
    np.testing.assert_array_equal(numbers(pd.Series([1.0, np.inf, -1e200])), [1, np.nan, np.nan])
    np.testing.assert_array_equal(numbers(pd.Series([1, None], dtype="Int64")), [1, np.nan])


def test_numbers_leave_the_column_as_it_was():
    column = pd.Series([1.0, np.inf])
    numbers(column)
    assert np.isinf(column[1])


def test_levels_are_in_the_order_people_count():
    cells = np.array(["10", "2", None, "b10", "b2", "1.5", "A"], dtype=object)
    assert levels(cells) == ("1.5", "2", "10", "A", "b2", "b10")


@given(some.lists(some.text(max_size=5)))
def test_any_texts_can_be_sorted_and_coded(found):
    cells = np.array([text or None for text in found] + [None], dtype=object)
    known = levels(cells)
    assert len(set(known)) == len(known)
    back = [None if code < 0 else known[code] for code in codes(cells, known)]
    assert back == cells.tolist()
    assert sorted(known, key=natural) == list(known)


@pytest.mark.parametrize(
    ("no", "yes"),
    [
        ("no", "yes"),
        ("Nein", "Ja"),
        ("non", "OUI"),
        ("no", "sí"),
        ("não", "sim"),
        ("n", "j"),
        ("f", "t"),
        ("False", "True"),
        ("falsch", "wahr"),
        ("0", "1"),
        ("1", "2"),
        ("-1", "1"),
        ("9", "10"),
        ("negative", "positive"),
        ("neg", "pos"),
        ("absent", "present"),
        ("healthy", "sick"),
        ("no disease", "disease"),
        ("not-sick", "sick"),
        ("kein Befund", "Befund"),
        ("benign", "malignant"),
        ("healthy", "asthma"),
        ("lower", "upper"),
        ("even", "odd"),
        ("no", "none"),
    ],
)
def test_no_stands_first_whatever_the_language(no, yes):
    for pair in ((no, yes), (yes, no)):
        assert no_first(levels(np.array(pair, dtype=object))) == (no, yes)


def test_what_is_no_pair_stays():
    assert no_first(()) == ()
    assert no_first(("yes",)) == ("yes",)
    assert no_first(("ja", "nein", "vielleicht")) == ("ja", "nein", "vielleicht")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1,5", "2,25", "-0,5", ",5", "1.234,5"], True),
        (["1,234", "2,500"], False),
        (["1.5", "2.5"], False),
        (["a,b", "1,5"], False),
        ([], False),
        ([f"{i},5" for i in range(30)] + ["unknown"], True),
    ],
)
def test_decimal_commas_are_known(cells, expected):
    assert has_decimal_commas(cells) is expected

"""What a column holds, in a few words."""

import numpy as np
import pytest

from pages.parts.data_columns import extent, gaps, often


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (np.array([3.0, np.nan, 12.5]), "3 to 12.5 mm"),
        (np.array([0.0, 0.0]), "always 0 mm"),
        (np.array([np.nan]), "no values"),
        (np.array(["yes", None, "no"], dtype=object), "“no” or “yes”"),
        (np.array(["a", "b", "c"], dtype=object), "3 values"),
        (np.array([None], dtype=object), "no values"),
    ],
)
def test_extent(values, words):
    assert extent(values, "mm") == words


@pytest.mark.parametrize(
    ("missing", "words"), [(0, ""), (1, "< 0.1% missing"), (100, "5.0% missing"), (2000, "100.0% missing")]
)
def test_gaps(missing, words):
    assert gaps(np.array([np.nan] * missing + [1.0] * (2000 - missing))) == words


OFTEN = ["a"] * 600 + ["b"] * 300 + ["c"] * 5 + [f"d{i}" for i in range(95)]
ONCE = [f"note on patient number {i}" for i in range(50)]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (ONCE, "Nearly each occurs once, such as “note on patient num…”, “note on patient num…”."),
        (OFTEN, "Most often: “a” 60%, “b” 30%, “c” < 1%."),
    ],
)
def test_of_too_many_values_for_a_picture_some_are_named(values, words):
    assert often(np.array([*values, None], dtype=object)) == words

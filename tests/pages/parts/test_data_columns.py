"""What a column holds, in a few words."""

import numpy as np
import pytest

from pages.parts.data_columns import extent, gaps


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

"""Rows that repeat another, against pandas' own count."""

import numpy as np
import pandas as pd
import pytest

from core.data.mends import MENDS, answered, asked, mended
from core.data.mends.distinct import repeats
from core.experiment import Data

DISTINCT = Data.model_validate({"source": {"kind": "file", "name": "t.csv"}, "inputs": {}, "mends": [{"name": "distinct"}]})
DRAW = np.random.default_rng(0)


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"a": [1, 1, 2, 1], "b": ["x", "x", "x", "y"]}),
        pd.DataFrame({"a": [np.nan, np.nan, 1.0], "b": [None, None, "x"]}),
        pd.DataFrame({"a": DRAW.integers(0, 9, 500), "b": DRAW.choice(["u", "v"], 500), "c": DRAW.integers(0, 9, 500) / 7}),
        pd.DataFrame({"a": [0.0, -0.0, 1.0]}),
        pd.DataFrame({"a": [1, "1", None, 1], "b": [True, True, False, True]}),
        pd.DataFrame({"a": pd.to_datetime(["2020-01-01", "2020-01-01", None]), "b": pd.Categorical(["u", "u", "v"])}),
        pd.DataFrame({"a": [1, 2, 3]}),
        pd.DataFrame({"a": []}),
        pd.DataFrame(index=range(3)),
    ],
)
def test_it_agrees_with_pandas(frame):
    np.testing.assert_array_equal(repeats(frame), frame.duplicated())
    pd.testing.assert_frame_equal(mended(frame, DISTINCT), frame.drop_duplicates() if len(frame.columns) else frame)


def test_rows_keep_their_index_and_a_row_by_hand_is_left_alone():
    frame = pd.DataFrame({"a": [1, 1, 2]})
    assert mended(frame, DISTINCT).index.tolist() == [0, 2]
    pd.testing.assert_frame_equal(asked(frame, DISTINCT), frame)
    pd.testing.assert_frame_equal(answered(frame, DISTINCT), frame)


def test_it_is_told():
    mend, params = MENDS.resolve("distinct")
    assert mend.ROWS
    assert "repeat another one" in mend.told(params)

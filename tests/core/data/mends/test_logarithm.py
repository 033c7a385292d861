"""Logarithms of a skewed column: the table, a row asked by hand, and what cannot have one."""

import numpy as np
import pandas as pd
import pytest

from core.data.mends import answered, asked, mended
from core.errors import UserError
from core.experiment import Data


def data(*mends: dict, **more: object) -> Data:
    source = {"kind": "file", "name": "t.csv"}
    return Data.model_validate({"source": source, "inputs": {}, "mends": list(mends), **more})


LOG = {"name": "logarithm", "params": {"column": "price"}}
FRAME = pd.DataFrame({"price": [0.0, np.e - 1.0, -9.0, np.nan], "other": [1, 2, 3, 4]})


def test_numbers_become_logarithms_and_missing_ones_stay_missing() -> None:
    before = FRAME.copy()
    found = mended(FRAME, data(LOG, missing={"price": [-9]}))
    np.testing.assert_allclose(found["price"], [0.0, 1.0, np.nan, np.nan])
    pd.testing.assert_frame_equal(FRAME, before)
    pd.testing.assert_series_equal(found["other"], before["other"])


def test_a_row_is_asked_in_the_tables_units_and_mended_as_the_table() -> None:
    document = data(LOG)
    pd.testing.assert_frame_equal(asked(FRAME, document), FRAME)
    row = pd.DataFrame({"price": [np.e - 1.0]})
    np.testing.assert_allclose(answered(row, document)["price"], [1.0])
    pd.testing.assert_frame_equal(
        answered(row.rename(columns={"price": "other"}), document), row.rename(columns={"price": "other"})
    )


def test_what_has_no_logarithm_is_said() -> None:
    with pytest.raises(UserError, match="price should be 0 or more"):
        mended(FRAME, data(LOG))
    with pytest.raises(UserError, match="column of the table"):
        mended(FRAME[["other"]], data(LOG))
    with pytest.raises(UserError, match="mend should be one of"):
        mended(FRAME, data({"name": "nothing"}))


def test_a_column_may_be_called_whatever_it_likes() -> None:
    log = {"name": "logarithm", "params": {"column": "self"}}
    dates = {"name": "dates", "params": {"column": "frame"}}
    frame = pd.DataFrame({"self": [0.0, np.e - 1.0], "frame": ["2020-01-31", "2021-02-28"]})
    found = mended(frame, data(log, dates))
    np.testing.assert_allclose(found["self"], [0.0, 1.0])
    assert list(asked(frame, data(dates))["frame (year)"]) == [2020, 2021]
    assert list(frame["self"]) == [0.0, np.e - 1.0]

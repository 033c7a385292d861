"""Dates as numbers, against pandas' own calendar."""

import numpy as np
import pandas as pd
import pytest

from core.data.mends import MENDS, answered, asked, mended
from core.errors import UserError
from core.experiment import Data

DAYS = pd.Series(pd.date_range("2019-12-25", periods=40))
NAMES = ("seen (year)", "seen (month)", "seen (weekday, 1 is Monday)")


def data(order: str = "ymd", **more: object) -> Data:
    mend = {"name": "dates", "params": {"column": "seen", "order": order}}
    return Data.model_validate({"source": {"kind": "file", "name": "t.csv"}, "inputs": {}, "mends": [mend], **more})


@pytest.mark.parametrize(("spelling", "order"), [("%Y-%m-%d", "ymd"), ("%d.%m.%Y %H:%M", "dmy"), ("%m/%d/%Y", "mdy")])
def test_year_month_and_weekday_are_columns(spelling, order):
    frame = pd.DataFrame({"seen": DAYS.dt.strftime(spelling), "x": 1})
    found = mended(frame, data(order))
    assert tuple(found.columns) == ("seen", "x", *NAMES)
    for name, part in zip(NAMES, (DAYS.dt.year, DAYS.dt.month, DAYS.dt.day_of_week + 1), strict=True):
        np.testing.assert_array_equal(found[name], part)
    pd.testing.assert_series_equal(found["seen"], frame["seen"])


def test_what_is_no_date_or_means_missing_is_missing():
    frame = pd.DataFrame({"seen": ["2020-02-01", None, "soon", "1900-01-01"]})
    found = mended(frame, data(missing={"seen": ["1900-01-01"]}))
    assert found["seen (year)"].tolist()[0] == 2020
    assert found["seen (year)"].isna().tolist() == [False, True, True, True]


def test_a_row_is_asked_for_the_three_numbers():
    frame = pd.DataFrame({"seen": DAYS.dt.strftime("%Y-%m-%d")})
    assert set(NAMES) <= set(asked(frame, data()).columns)
    row = pd.DataFrame({name: [3.0] for name in NAMES})
    pd.testing.assert_frame_equal(answered(row, data()), row)


def test_it_is_told_and_refuses_what_it_cannot():
    mend, params = MENDS.resolve("dates", {"column": "seen", "order": "dmy"})
    assert "day, month, year" in mend.told(params)
    assert mend.made(params) == NAMES
    with pytest.raises(UserError, match="seen should hold dates"):
        mended(pd.DataFrame({"seen": ["a", "b"]}), data())
    with pytest.raises(UserError, match="no value"):
        mended(pd.DataFrame({"seen": [None, None]}), data())
    with pytest.raises(UserError, match="no column “seen \\(year\\)” yet"):
        mended(pd.DataFrame({"seen": ["2020-01-01"], "seen (year)": [1]}), data())
    with pytest.raises(UserError, match="column of the table"):
        mended(pd.DataFrame({"x": [1]}), data())

"""Cells as dates: spellings, what tells them apart, and pandas as an independent judge."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.data.calendar import dates, orders

SPELLINGS = {
    "%Y-%m-%d": ("ymd",),
    "%Y/%m/%d": ("ymd",),
    "%Y-%m-%dT%H:%M:%S": ("ymd",),
    "%Y-%m-%d %H:%M:%S.%f": ("ymd",),
    "%Y-%m-%dT%H:%M:%S+02:00": ("ymd",),
    "%d.%m.%Y": ("dmy",),
    "%d.%m.%y": ("dmy",),
    "%d/%m/%Y": ("dmy",),
    "%m/%d/%Y": ("mdy",),
    "%m-%d-%Y %I:%M %p": ("mdy",),
    "%d/%m/%y": ("dmy",),
}
DAYS = pd.Series(pd.date_range("1999-12-20 13:45", periods=120))


@pytest.mark.parametrize(("spelling", "order"), SPELLINGS.items())
def test_each_spelling_is_known_and_read(spelling, order):
    cells = DAYS.dt.strftime(spelling)
    assert orders(cells) == order
    np.testing.assert_array_equal(dates(cells, order[0]), DAYS.to_numpy().astype("datetime64[D]"))


def test_a_day_that_may_be_a_month_has_two_orders_but_with_points_only_one():
    assert orders(pd.Series(["03/04/2020", "05/06/2020"])) == ("dmy", "mdy")
    assert orders(pd.Series(["03.04.2020", "05.06.2020"])) == ("dmy",)
    assert orders(pd.Series(["03/04/2020", "05/13/2020"])) == ("mdy",)


@pytest.mark.parametrize(
    "cells",
    [
        ["1.5", "2.5"],
        ["1.2.3", "1.2.4"],
        ["2020-13-01", "2020-14-01"],
        ["31/31/2020", "30/30/2020"],
        ["10-20-30-40"],
        ["2020-01/02"],
        ["word", "2020-01-01"],
        ["127.0.0.1"],
        [],
    ],
)
def test_other_texts_are_no_dates(cells):
    assert orders(pd.Series(cells, dtype=object)) == ()


def test_numbers_are_no_dates_and_dates_are():
    assert orders(pd.Series([20200101, 20200102])) == ()
    assert orders(DAYS) == ("ymd",)


def test_what_is_no_date_is_nothing():
    found = dates(pd.Series(["2020-02-29", "2021-02-29", None, "?", "2020-06-31"]), "ymd")
    assert found.tolist() == [np.datetime64("2020-02-29").item(), None, None, None, None]


@given(some.dates())
def test_any_day_is_read_back(day):
    assert dates(pd.Series([day.isoformat()]), "ymd")[0] == np.datetime64(day)


@given(some.lists(some.text(max_size=12)))
def test_any_text_is_looked_at(cells):
    found = orders(pd.Series(cells, dtype=object))
    assert len(found) <= 2

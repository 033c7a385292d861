"""Small pictures of any column."""

import pytest

from core.charts.column import figure


def test_numbers_also_as_text_and_odd_ones_left_out():
    assert sum(figure([1, 2, "3", "x", None, float("inf")], "number").data[0].y) == 3


@pytest.mark.parametrize("values", [[], [None, None], ["x"]])
def test_no_number_at_all(values):
    assert len(figure(values, "number").data[0].x) == 0


def test_one_value_is_one_bar():
    assert list(figure([4, 4, 4], "number").data[0].y) == [3]


def test_many_categories_end_in_one_bar():
    (bar,) = figure([f"name {n}" for n in range(50)] + ["name 3"], "category").data
    assert len(bar.x) == 21
    assert (bar.x[0], bar.y[0]) == ("name 3", 2)
    assert (bar.x[-1], bar.y[-1]) == ("30 others", 30)


def test_small():
    chart = figure(["yes", "no"], "yes-no", height=60)
    assert chart.layout.height == 60
    assert chart.layout.yaxis.visible is False


def test_whole_numbers_have_a_bar_each_and_no_tick_between_them():
    chart = figure([0, 1, 1, 1, 3], "number")
    assert (list(chart.data[0].x), list(chart.data[0].y)) == ([0, 1, 2, 3], [1, 3, 0, 1])
    assert chart.layout.xaxis.dtick == 1
    assert figure([0.5, 1, 2], "number").layout.xaxis.dtick is None
    assert figure(list(range(100)), "number").layout.xaxis.dtick is None

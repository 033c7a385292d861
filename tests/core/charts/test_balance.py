"""Counts of answers, missing ones said."""

import numpy as np
import pandas as pd

from core.charts.balance import figure


def test_classes_in_their_order_with_shares():
    chart = figure(pd.Series(["b", "a", "b", None, "b"]), "multiclass", "type", classes=["a", "b", "c"])
    (bar,) = chart.data
    assert (list(bar.x), list(bar.y)) == (["a", "b", "c"], [1, 3, 0])
    assert list(bar.customdata) == [0.25, 0.75, 0]
    assert chart.layout.xaxis.title.text == "type · 1 rows without an answer"


def test_most_frequent_first_without_an_order():
    assert list(figure([1, 0, 1], "binary", "sick").data[0].x) == ["1", "0"]


def test_histogram_of_a_regression_task():
    values = np.random.default_rng(0).normal(size=1000)
    chart = figure([*values, float("nan"), None], "regression", "height", unit="cm")
    (bar,) = chart.data
    assert sum(bar.y) == 1000
    assert list(bar.y) == np.histogram(values, 30)[0].tolist()
    assert chart.layout.xaxis.title.text == "height (cm) · 2 rows without an answer"

"""Misses are counted, too high ones to the right."""

from core.charts.errors import figure


def test_misses_around_nothing():
    chart = figure([1.0, 2.0, 5.0], [1.0, 4.0, 4.0], "cm")
    (bars,) = chart.data
    assert sum(bars.y) == 3
    assert (min(bars.x) < 0, max(bars.x) > 1) == (True, True)
    assert chart.layout.xaxis.title.text == "predicted minus true (cm)"
    assert chart.layout.shapes[0].x0 == 0


def test_no_rows():
    chart = figure([], [])
    assert not chart.data[0].y
    assert not chart.layout.shapes

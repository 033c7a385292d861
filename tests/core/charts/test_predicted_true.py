"""Points, diagonal and units."""

from core.charts.predicted_true import figure


def test_points_and_diagonal():
    chart = figure([1.0, 2.0, 5.0], [0.5, 2.5, 7.0], "height", "cm")
    points, diagonal = chart.data
    assert (list(points.x), list(points.y)) == ([1, 2, 5], [0.5, 2.5, 7])
    assert list(diagonal.x) == list(diagonal.y) == [0.5, 7]
    assert chart.layout.xaxis.title.text == "true height (cm)"
    assert chart.layout.yaxis.title.text == "predicted height (cm)"


def test_no_rows():
    assert len(figure([], [], "height").data) == 1

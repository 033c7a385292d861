"""The curve of fewer labels: both lines, with their intervals, as far as they are known."""

import pytest

from core.charts.fewer_labels import figure


def test_both_lines_have_what_is_known_with_intervals() -> None:
    chart = figure(
        [5, 10, 50], [(0.5, 0.4, 0.6), None, (0.9, 0.85, 0.95)], [None, (0.3, None, None), (None, None, None)], "R<b>²"
    )
    together, alone = chart.data
    assert list(together.x) == [5, 50]
    assert list(together.y) == [0.5, 0.9]
    assert list(together.error_y.array) == pytest.approx([0.1, 0.05])
    assert list(alone.x) == [10]
    assert list(alone.error_y.array) == [0]
    assert together.line.dash != alone.line.dash
    assert list(chart.layout.xaxis.ticktext) == ["5", "10", "50"]
    assert chart.layout.yaxis.title.text == "R&lt;b&gt;²"

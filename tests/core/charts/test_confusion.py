"""Counts and shares of the true class."""

import numpy as np
import pytest
from plotly.colors import hex_to_rgb
from sklearn.metrics import confusion_matrix

from core.charts.confusion import figure


def shares(chart):
    """Of all heat maps together: each square is in one of them."""
    return np.nanmax([np.array(heat.z, dtype=float) for heat in chart.data], axis=0)


def contrast(one, other):
    def luminance(color):
        parts = np.array(color, dtype=float) / 255
        return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4) @ (0.2126, 0.7152, 0.0722)

    dim, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


def test_counts_and_shares():
    true, answer = [0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 0, 2]
    counts = confusion_matrix(true, answer)
    chart = figure(counts.tolist(), ["a", "b", "c"])
    heat = chart.data[0]
    assert np.allclose(shares(chart), confusion_matrix(true, answer, normalize="true"))
    assert heat.text[0][0] == "2<br>67%"
    assert np.array(heat.customdata).tolist() == counts.tolist()
    assert chart.layout.yaxis.autorange == "reversed"


def test_numbers_as_names_and_a_class_without_rows():
    chart = figure([[0, 0], [1, 3]], ["0", "1"])
    assert chart.layout.xaxis.type == chart.layout.yaxis.type == "category"
    assert list(shares(chart)[0]) == [0, 0]


@pytest.mark.parametrize("dark", [False, True])
def test_every_number_can_be_read_on_its_square(dark):
    counts = [[share, 100 - share] for share in range(101)]
    chart = figure([line + [0] * 99 for line in counts], [str(n) for n in range(101)], dark)
    seen = 0
    for heat in chart.data:
        (_, palest), (_, fullest) = heat.colorscale
        for share in (share for line in heat.z for share in line if share is not None):
            square = np.array(hex_to_rgb(palest)) * (1 - share) + np.array(hex_to_rgb(fullest)) * share
            assert contrast(hex_to_rgb(heat.textfont.color), square) >= 4.5
            seen += 1
    assert seen == 101 * 101


def test_many_classes_are_read_on_hover():
    assert figure(np.eye(20, dtype=int).tolist(), [str(n) for n in range(20)]).data[0].texttemplate == ""


def test_the_palest_square_is_nearly_the_background():
    assert [figure([[1]], ["a"], dark=dark).data[0].colorscale[0][1] for dark in (False, True)] == ["#ebf4fa", "#0e1924"]

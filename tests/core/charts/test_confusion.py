"""Counts and shares of the true class."""

import numpy as np
from sklearn.metrics import confusion_matrix

from core.charts.confusion import figure


def test_counts_and_shares():
    true, answer = [0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 0, 2]
    counts = confusion_matrix(true, answer)
    chart = figure(counts.tolist(), ["a", "b", "c"])
    (heat,) = chart.data
    assert np.allclose(heat.z, confusion_matrix(true, answer, normalize="true"))
    assert heat.text[0][0] == "2<br>67%"
    assert np.array(heat.customdata).tolist() == counts.tolist()
    assert chart.layout.yaxis.autorange == "reversed"


def test_numbers_as_names_and_a_class_without_rows():
    chart = figure([[0, 0], [1, 3]], ["0", "1"])
    assert chart.layout.xaxis.type == chart.layout.yaxis.type == "category"
    assert list(chart.data[0].z[0]) == [0, 0]


def test_many_classes_are_read_on_hover():
    assert figure(np.eye(20, dtype=int).tolist(), [str(n) for n in range(20)]).data[0].texttemplate == ""


def test_the_palest_square_is_nearly_the_background():
    assert [figure([[1]], ["a"], dark=dark).data[0].colorscale[0][1] for dark in (False, True)] == ["#ebf4fa", "#0e1924"]

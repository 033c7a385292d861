"""Curves and the line of guessing."""

import pytest
from sklearn.metrics import auc, roc_auc_score, roc_curve

from core.charts.roc import figure

TRUE, SCORES = [0, 0, 1, 1, 1, 0], [0.1, 0.6, 0.35, 0.8, 0.9, 0.2]


def curve(name: str = "yes") -> dict:
    false, found, _ = roc_curve(TRUE, SCORES)
    return {
        "class": name,
        "false_positive": false.tolist(),
        "true_positive": found.tolist(),
        "auroc": roc_auc_score(TRUE, SCORES),
    }


def test_curve_auroc_and_diagonal():
    line, diagonal = figure([curve()]).data
    assert auc(line.x, line.y) == pytest.approx(roc_auc_score(TRUE, SCORES))
    assert line.name == "yes: 0.889"
    assert (list(diagonal.x), list(diagonal.y), diagonal.line.dash) == ([0, 1], [0, 1], "dot")


def test_classes_differ_in_colour_and_dash():
    first, second, _ = figure([curve("a"), curve("b")], number=2).data
    assert first.line.color != second.line.color
    assert first.line.dash != second.line.dash


def test_nothing_to_draw_leaves_the_diagonal():
    assert len(figure([]).data) == 1

"""What a comparison trains and says, of outcomes made by hand."""

import pytest

from core.compare.part import Part, compared
from core.compare.report import MOST_PAIRED, SHARES, alone, curve, judged, matrix, points, sets, twins, whole
from core.compare.train import Outcome
from tests.making import experiment

TASKS = {"a": "regression", "b": "binary", "c": "multiclass"}


def outcome(scores: dict[str, float], parameters: int = 100, seconds: float = 1.0, labels: int = 50) -> Outcome:
    """The same score in every replica but for a little; a loss of 1 minus it."""
    made = {}
    for column, score in scores.items():
        values = [score + 0.001 * place for place in range(5)]
        names = {"a": ("r2", "rmse")}.get(column, ("accuracy", "auroc"))
        made[column] = {names[0]: values, names[1]: [1.5 - value for value in values], "loss": [1 - value for value in values]}
    return Outcome(made, parameters, seconds, dict.fromkeys(scores, labels), dict.fromkeys(scores, 40), "validation")


@pytest.fixture
def document():
    return compared(experiment(TASKS))


def test_what_is_trained(document) -> None:
    assert twins(document) == [Part(("a", "b", "c")), Part(("a",)), Part(("b",)), Part(("c",))]
    assert [part.columns for part in sets(document)] == [
        ("a",),
        ("b",),
        ("c",),
        ("a", "b"),
        ("a", "c"),
        ("b", "c"),
        ("a", "b", "c"),
    ]
    two = compared(experiment({"a": "regression", "b": "binary"}))
    assert len(sets(two)) == 3
    many = compared(experiment({f"t{i}": "binary" for i in range(MOST_PAIRED + 1)}))
    assert len(sets(many)) == MOST_PAIRED + 2
    assert len(curve(document, "b")) == 2 * len(SHARES)
    assert set(curve(document, "b")) >= {whole(document), alone("b")}  # all labels: known from the twins


def test_an_auxiliary_task_is_not_judged(document) -> None:
    made = document.changed("tasks.b.auxiliary", True)
    assert twins(made) == [Part(("a", "b", "c")), Part(("a",)), Part(("c",))]
    assert len(matrix(made, {})[0][1]) == 2


def test_verdicts_costs_and_the_relative_change(document) -> None:
    found = {whole(document): outcome({"a": 0.7, "b": 0.8, "c": 0.5}, 300, 2.0)}
    found |= {alone("a"): outcome({"a": 0.5}), alone("b"): outcome({"b": 0.9}), alone("c"): outcome({"c": 0.5})}
    told = judged(document, found)
    assert told is not None
    assert [task.gain.verdict for task in told.tasks] == ["helps", "hurts", "cannot tell"]
    assert [task.gain.mean for task in told.tasks] == pytest.approx([0.2, -0.1, 0])
    assert [task.loss.mean for task in told.tasks] == pytest.approx([0.2, -0.1, 0])
    assert told.parameters == (300, 300)
    assert told.seconds == (2, 3)
    changes = (0.2 / (1.0 - 0.002), -0.1 / 0.902, 0)  # of a: its error falls from 1.0 to 0.8, but for the little
    assert told.delta_m == pytest.approx(100 * sum(changes) / 3)
    assert [task.change for task in told.tasks] == pytest.approx([100 * change for change in changes])


def test_nothing_is_said_before_all_is_there(document) -> None:
    assert judged(document, {whole(document): outcome({"a": 1.0, "b": 1.0, "c": 1.0})}) is None


def test_the_matrix_of_three(document) -> None:
    found = {alone(column): outcome({column: 0.5}) for column in "abc"}
    found[Part(("a", "b"))] = outcome({"a": 0.6, "b": 0.45})
    found[whole(document)] = outcome({"a": 0.7, "b": 0.5, "c": 0.4})
    lines = {part.columns: line for part, line in matrix(document, found)}
    assert lines[("a",)] == [None, None, None]
    assert lines[("b", "c")] == [None, None, None]
    assert [gain and round(gain.mean, 6) for gain in lines[("a", "b")]] == [0.1, -0.05, None]
    assert [round(gain.mean, 6) for gain in lines[("a", "b", "c")]] == [0.2, 0, -0.1]


def test_the_curve_has_what_is_known(document) -> None:
    found = {
        Part(("a", "b", "c"), "b", 0.1): outcome({"a": 0.5, "b": 0.6, "c": 0.5}, labels=5),
        alone("b"): outcome({"b": 0.8}),
    }
    drawn = points(document, "b", found)
    assert [(point.share, point.labels) for point in drawn] == [(0.1, 5), (1.0, 50)]
    assert drawn[0].together is not None
    assert drawn[0].together.mean == pytest.approx(0.602)
    assert drawn[0].alone is None
    assert drawn[1].together is None

"""The same file read in another way: what still fits stays."""

import pandas as pd
import pytest

from core.data.columns import begin, mark, set_kind
from core.data.dataset import Table
from core.data.reread import reread
from core.experiment import Experiment, Reading, Source

SOURCE = Source(kind="file", name="a.csv", sha256="0" * 64)
AFTER = SOURCE.model_copy(update={"reading": Reading(decimal=",")})
BEFORE = Table(
    "a.csv", pd.DataFrame({"x": [f"{i},5" for i in range(40)], "y": [0, 1] * 20, "z": range(5, 45), "w": [1.5, 2.5] * 20})
)
NOW = Table("a.csv", pd.DataFrame({"x": [i + 0.5 for i in range(40)], "y": [0, 1] * 20, "z": range(5, 45), "v": [1, 3] * 20}))


@pytest.fixture
def document() -> Experiment:
    made = mark(begin(SOURCE, BEFORE), BEFORE, "y", "task")
    made = mark(made, BEFORE, "w", "task")
    made = mark(made, BEFORE, "z", "ignore")
    made = made.changed("network.towers", {"y": [{"width": 5}], "w": [{"width": 6}]}).changed("training.epochs", 7)
    made = made.changed("weighting", {"name": "fixed", "params": {"weights": {"y": 2.0, "w": 3.0}}})
    return set_kind(made, "y", "regression")


def test_roles_layers_and_training_stay_where_columns_do(document: Experiment) -> None:
    made = reread(document, AFTER, BEFORE, NOW)
    assert made.data.source == AFTER
    assert made.columns == ("y",)
    assert made.tower("y")[0].width == 5
    assert made.training.epochs == 7
    assert made.weighting.params == {"weights": {"y": 2.0}}
    assert "z" not in made.data.inputs
    assert made.data.inputs["v"] == "yes-no"


def test_kinds_are_guessed_anew(document: Experiment) -> None:
    assert "x" not in document.data.inputs  # nearly every row has a text of its own
    made = reread(document, AFTER, BEFORE, NOW)
    assert made.data.inputs["x"] == "number"
    assert made.tasks[0].kind == "binary"


def test_mends_go_with_their_columns(document: Experiment) -> None:
    mends = [{"name": "logarithm", "params": {"column": column}} for column in ("w", "z")]
    made = reread(document.changed("data.mends", mends), AFTER, BEFORE, NOW)
    assert [choice.params["column"] for choice in made.data.mends] == ["z"]


def test_groups_fading_and_phases_stay_where_columns_do(document: Experiment) -> None:
    made = mark(document, BEFORE, "x", "task").changed("weighting", {"name": "equal"})
    made = made.changed("groups", [{"name": "g", "members": ["y", "w"]}, {"name": "h", "members": ["x"]}])
    made = made.changed("tasks.y.fade", [1, 4]).changed("tasks.y.auxiliary", True).changed("timeline.tasks", {"w": {"last": 3}})
    found = reread(made, AFTER, BEFORE, NOW)
    assert found.columns == ("y", "x")
    assert [(group.name, group.members) for group in found.groups] == [("g", ("y",)), ("h", ("x",))]
    assert (found.tasks[0].auxiliary, found.tasks[0].fade) == (True, (1, 4))
    assert found.timeline.tasks == {}

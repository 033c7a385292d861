"""What changed between two documents, as a run's history says it."""

import pytest

from core.experiment import Experiment, parse
from core.groups import dissolved, grouped, moved, renamed
from core.runs.difference import difference
from tests.making import experiment

TASKS = {"a": "binary", "b": "regression"}


def test_a_difference_names_what_changed_and_nothing_else() -> None:
    before = experiment(TASKS)
    after = before.changed("training.learning_rate", 0.5).changed("network.nonlinear", False)
    assert difference(before, after) == "activations → off; learning rate → 0.5"
    assert difference(before, before) == ""
    weighed = before.changed("weighting", {"name": "fixed", "params": {"weights": {"a": 0.5}}})
    assert difference(before, weighed) == "task weights → Fixed; weight of a → 0.5"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "nash-mtl"}, "task weights → Nash-MTL"),
        ({"name": "equal", "ema": 0.9}, "smoothing of the task weights → 0.9"),
        ({"name": "dwa", "params": {"temperature": 3.5}}, "task weights → Dynamic weight average (DWA); temperature → 3.5"),
        ({"name": "gradnorm", "params": {"where": "all"}}, "task weights → GradNorm; gradients taken at → all shared layers"),
        ({"name": "cosmos", "params": {"preference": {"a": 2.0}}}, "task weights → COSMOS; preference of a → 2.0"),
        ({"name": "unheard-of", "params": {"x": 1}}, "task weights → unheard-of; weighting.params.x → 1"),
    ],
)
def test_a_change_of_the_weighting_goes_by_the_names_that_people_see(change: dict, said: str) -> None:
    before = experiment(TASKS)
    assert difference(before, before.changed("weighting", change)) == said


def test_parameters_that_go_with_their_scheme_are_not_listed() -> None:
    before = experiment(TASKS).changed("weighting", {"name": "fixed", "params": {"weights": {"a": 0.5}}})
    assert difference(before, before.changed("weighting", {"name": "equal"})) == "task weights → Equal"
    moved = before.changed("weighting.params", {"weights": {"a": 0.5, "b": 2.0}})
    assert difference(before, moved) == "weight of b → 2.0"


def test_groups_are_told_by_their_names() -> None:
    before = experiment({**TASKS, "c": "binary"})
    made = grouped(before, "G", ["a", "b"])
    assert difference(before, made) == "group “G” → a, b"
    assert difference(made, renamed(made, "G", "H")) == "group “G” → “H”"
    assert difference(made, moved(made, "c", "G")) == "group “G” → a, b, c"
    weighed = made.changed("groups.0.weighting", {"name": "uncertainty"})
    assert difference(made, weighed) == "task weights within “G” → Uncertainty (log-variance)"
    assert difference(made, dissolved(made, "G")) == "group “G” dissolved"


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("tasks", {"a": {"first": 3, "last": 9}}, "“a” trained → from epoch 3 to epoch 9"),
        ("tasks", {"b": {"ramp": 4}}, "“b” trained → from epoch 0 to the end, growing over 4"),
        ("shared", {"last": 2}, "shared layers trained → from epoch 0 to epoch 2"),
        ("warm_up", 3, "epochs with equal weights first → 3"),
        ("patience", 5, "early stop of tasks → after 5 epochs"),
    ],
)
def test_the_timeline_is_told_in_epochs(path: str, value: object, said: str) -> None:
    before = experiment(TASKS)
    after = before.changed(f"timeline.{path}", value)
    assert difference(before, after) == said
    back = difference(after, before)
    assert back.endswith(("all the time", "→ 0", "→ off"))


def with_task(experiment: Experiment, **values: object) -> Experiment:
    document = experiment.model_dump(mode="json")
    document["tasks"][0] |= values
    return parse(document)


def test_tasks_that_only_help_are_told() -> None:
    before = experiment(TASKS)
    after = with_task(before, auxiliary=True, fade=[1, 3])
    assert difference(before, after) == "“a” auxiliary → on; “a” fades out → epochs 1 to 3"
    assert difference(after, before) == "“a” auxiliary → off; “a” fades out → off"


def test_other_layers_are_told_by_their_widths() -> None:
    before = experiment(TASKS).changed("network.trunk", [{"width": 8}, {"width": 4}])
    assert difference(before, before.changed("network.trunk", [{"width": 8}])) == "shared layers → 8"
    assert difference(before, before.changed("network.trunk", [])) == "shared layers → none"
    assert difference(before, before.changed("network.towers.a", [{"width": 3}])) == "layers of “a” → 3"
    thinner = before.changed("network.trunk.1.width", 3).changed("network.trunk.0.dropout", 0.5)
    assert difference(before, thinner) == "shared layers → 8, 3"


def test_a_task_that_goes_its_own_way_earlier_is_told() -> None:
    before = experiment(TASKS).changed("network.trunk", [{"width": 8}])
    apart = before.changed("network.sharing.params", {"branch": {"a": 0}})
    assert difference(before, apart) == "shared layers that “a” goes through → 0"
    assert difference(apart, before) == "shared layers that “a” goes through → all"

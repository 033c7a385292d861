"""The picture's spec, and what a browser may send back."""

import pytest

from core.errors import UserError
from core.experiment import Phase
from core.training.timeline import in_turn
from pages.parts.timeline import placed, spec_of
from tests.making import experiment

TASKS = {"a": "binary", "b": "regression"}
MADE = experiment(TASKS, timeline={"tasks": {"b": {"first": 2, "ramp": 1}}, "warm_up": 1, "patience": 3})


def test_the_spec_says_every_tasks_phase() -> None:
    spec = spec_of(MADE)
    assert [(task["name"], task["phase"]) for task in spec["tasks"]] == [
        ("a", {"first": 0, "last": None, "ramp": 0}),
        ("b", {"first": 2, "last": None, "ramp": 1}),
    ]
    assert (spec["shared"], spec["epochs"], spec["warmUp"]) == ({"first": 0, "last": None, "ramp": 0}, 5, 1)


def test_whole_timelines_are_offered_as_what_a_browser_would_send() -> None:
    turns, always = spec_of(MADE)["offers"]
    assert (turns["title"], always["title"]) == ("One after another", "All the time")
    for offer, expected in ((turns, in_turn(MADE)), (always, experiment(TASKS, timeline={"warm_up": 1, "patience": 3}))):
        tasks = {task["name"]: task["phase"] for task in offer["phases"]["tasks"]}
        phases = {"tasks": tasks, "shared": offer["phases"]["shared"]}
        assert placed(MADE, {"phases": phases}).timeline == expected.timeline


def test_an_offer_that_cannot_be_had_says_why() -> None:
    turns, always = spec_of(experiment(TASKS, training__epochs=1))["offers"]
    assert turns["phases"] is None
    assert "each task needs an epoch" in turns["help"]
    assert always["phases"] is not None


def test_what_is_moved_changes_the_phases_and_nothing_else() -> None:
    phases = {"tasks": {"a": {"first": 1, "last": 3, "ramp": 0}, "b": Phase().model_dump()}, "shared": {"last": 4}}
    made = placed(MADE, {"phases": phases, "n": 7})
    assert made.timeline.tasks == {"a": Phase(first=1, last=3)}
    assert made.timeline.shared == Phase(last=4)
    assert (made.timeline.warm_up, made.timeline.patience) == (1, 3)
    assert made.changed("timeline", MADE.timeline.model_dump(mode="json")) == MADE


@pytest.mark.parametrize(
    "told",
    [
        None,
        {},
        {"phases": 3},
        {"phases": {"tasks": {"a": {"first": -1}}}},
        {"phases": {"tasks": {"a": {"x": 1}}}},
        {"phases": {"shared": []}},
    ],
)
def test_whatever_else_is_sent_is_refused(told: object) -> None:
    with pytest.raises(UserError):
        placed(MADE, told)


def test_a_phase_of_no_task_is_refused() -> None:
    with pytest.raises(UserError, match="should belong to a task"):
        placed(MADE, {"phases": {"tasks": {"z": {"first": 1}}}})

"""What a run says of itself."""

import pytest

from core.runs.run import Run
from core.runs.sentences import advice, difference, hint
from core.training.checkpoint import Failure
from tests.making import experiment

TASKS = {"a": "binary", "b": "regression"}


@pytest.mark.parametrize("status", ["ready", "playing", "paused", "finished"])
def test_every_state_has_one_sentence_or_two(status: str) -> None:
    run = Run(experiment(TASKS), status=status)
    assert hint(run).endswith(".")
    assert len(hint(run)) < 140


def test_what_to_do_first_names_the_tasks_until_they_are_many() -> None:
    assert "“a” and “b”" in hint(Run(experiment(TASKS)))
    assert "all tasks" in hint(Run(experiment(dict.fromkeys("abcde", "binary"))))


@pytest.mark.parametrize(("losses", "said"), [((0.7, 0.9), "Watch"), ((0.7, 90.0), "“b” has jumped"), ((0.001, 0.5), "Watch")])
def test_a_loss_that_jumps_is_said_while_it_trains(losses: tuple[float, float], said: str) -> None:
    records = [{"train": [{"loss": [0.7, 0.7]}, {"loss": [loss, loss]}]} for loss in losses]
    assert said in hint(Run(experiment(TASKS), status="playing", records=records))


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


def test_advice_names_the_task_the_step_and_a_tenth_of_the_rate() -> None:
    text = advice(Run(experiment(TASKS, training__learning_rate=10.0)), Failure("b", 12, 0, float("nan")))
    assert "“b”" in text
    assert "step 12" in text
    assert "learning rate of 1 " in text

"""What a run says of itself."""

import pytest

from core.runs.run import Run
from core.runs.sentences import advice, hint
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


def test_who_waits_for_others_is_told_how_long() -> None:
    run = Run(experiment(TASKS), status="playing")
    assert "in turn, about every 3 s" in hint(run, 2.8)
    assert hint(run, 1.0) == hint(run)
    run.mirror = True  # another process trains it, whose line is another
    assert hint(run, 2.8) == hint(run)
    run.status, run.mirror = "paused", False
    assert hint(run, 2.8) == hint(run)


def test_advice_names_the_task_the_step_and_a_tenth_of_the_rate() -> None:
    text = advice(Run(experiment(TASKS, training__learning_rate=10.0)), Failure("b", 12, 0, float("nan")))
    assert "“b”" in text
    assert "step 12" in text
    assert "learning rate of 1 " in text

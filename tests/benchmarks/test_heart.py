"""What is timed is what it says: rows with every label, rounds in turn."""

from benchmarks.heart import interleaved, ours, plain_loop, ratio, scikit_learn, training_on
from core.training.checkpoint import steps_per_epoch
from tests.making import HEART, dataset, heart


def test_training_rows_have_every_label() -> None:
    data = training_on(60, dataset(HEART, rows=240, missing=0.3))
    assert data.train.shape == (1, 60)
    assert all(target.labelled[data.train[0]].all() for target in data.targets)


def test_the_bench_has_eight_steps_an_epoch() -> None:
    data = training_on(242, dataset(HEART, rows=500))
    assert steps_per_epoch(heart(), data) == 8


def test_runs_take_turns_and_the_first_round_does_not_count() -> None:
    turns = []

    def run(name: str, seconds: float) -> float:
        turns.append(name)
        return seconds * (1 + turns.count(name))

    times = interleaved({"a": lambda: run("a", 1.0), "b": lambda: run("b", 2.0)}, repeats=3)
    assert turns == ["a", "b"] * 4
    assert times == {"a": [3.0, 4.0, 5.0], "b": [6.0, 8.0, 10.0]}
    assert ratio(times, "a", "b") == 0.5


def test_each_of_the_timed_runs_trains() -> None:
    document, data = heart(training__epochs=1), dataset(HEART, rows=100)
    assert all(run(document, data) > 0 for run in (ours, plain_loop, scikit_learn))

"""What else a run with twins takes up on the way, and what it says at its end: other activations, splits of their own."""

import pytest

from core.data.points import edited
from core.experiment import Experiment
from core.predict import predict
from core.runs.engine import Engine
from core.runs.run import Run
from core.training.checkpoint import unpack
from tests.core.runs.running import paused, twins, until

POINT = {"op": "add", "task": 0, "x": 0.5, "y": 2.5}


def finished(engine: Engine, made: Experiment) -> Run:
    run = engine.create(made)
    engine.command(run, "speed", None)
    engine.command(run, "play")
    until(lambda: run.status == "finished" and run.report is not None)
    return run


def with_activation(made: Experiment, name: str) -> Experiment:
    return made.changed("network.trunk", [{**layer.model_dump(), "activation": {"name": name}} for layer in made.network.trunk])


@pytest.mark.parametrize("name", ["sine", "relu", "softplus"])
@pytest.mark.parametrize("playing", [False, True])
def test_another_activation_keeps_the_run_and_what_it_learned(engine: Engine, name: str, playing: bool) -> None:
    run = paused(engine, twins(), 1)
    if playing:
        engine.command(run, "play")
        until(lambda: len(run.records) > 3)
    records, step = list(run.records), run.step
    parameters, view = unpack(run.checkpoint).parameters, run.view
    engine.change(run, with_activation(run.experiment, name))
    assert run.start == 1
    assert run.step >= step
    assert run.records[: len(records)] == records
    assert {layer.activation.name for layer in run.experiment.network.trunk} == {name}
    if playing:
        here = run.step
        until(lambda: run.step > here + 10)
        assert [record["epoch"] for record in run.records] == list(range(len(run.records)))
    else:
        assert (unpack(run.checkpoint).parameters == parameters).all()
        until(lambda: run.view is not view)
        assert run.view["tasks"] != view["tasks"]
        assert run.view["twin"] == view["twin"]  # a twin has none


def test_an_activation_that_learns_a_number_of_its_own_starts_anew(engine: Engine) -> None:
    run = paused(engine, twins(), 1)
    engine.change(run, with_activation(run.experiment, "prelu"))
    assert (run.start, run.step, len(run.records)) == (2, 0, 1)


@pytest.mark.parametrize("replicas", [1, 2])
@pytest.mark.parametrize("vary", [False, True])
def test_the_test_rows_are_scored_for_the_networks_and_not_for_their_twins(engine: Engine, replicas: int, vary: bool) -> None:
    changes = {"replicas": replicas, "data__split__vary": vary, "training__epochs": 40}
    run = finished(engine, twins(**changes))
    alone = finished(engine, twins(**changes, network__twin=False))
    for task, expected in zip(run.report["tasks"], alone.report["tasks"], strict=True):
        assert [len(values) for values in task["metrics"].values()] == [replicas] * len(task["metrics"])
        for name, values in expected["metrics"].items():
            assert task["metrics"][name] == pytest.approx(values, rel=1e-2, abs=1e-3)
        assert task["predicted"] == pytest.approx(expected["predicted"], abs=1e-2)


@pytest.mark.parametrize("replicas", [1, 2])
def test_twins_with_splits_of_their_own_are_drawn_and_asked(engine: Engine, replicas: int) -> None:
    run = paused(engine, twins(replicas=replicas, data__split__vary=True), 1)
    engine.change(run, edited(run.experiment, POINT))
    assert (run.start, run.epoch) == (1, 1.0)
    ends = {"label", "mean"} | ({"low", "high"} if replicas > 1 else set())  # of one network there is no band
    for who in ("tasks", "twin"):
        assert [set(line) for lines in run.view[who] for line in lines] == [ends] * 2
    for answer in predict(run.checkpoint, engine.place(run), {"x": 0.5}):
        assert answer["value"]["low"] <= answer["value"]["mean"] <= answer["value"]["high"]
        assert (answer["value"]["low"] == answer["value"]["high"]) is (replicas == 1)

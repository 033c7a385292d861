"""A run goes on while points are added to its data or its range changes; other changes of the data start it anew."""

from collections.abc import Callable

import pytest

from core.data.points import cleared, edited
from core.errors import UserError
from core.experiment import Experiment
from core.runs.engine import Engine
from core.runs.run import Run
from core.training.checkpoint import unpack
from tests.core.runs.running import paused, twins, two_waves, until

POINT = {"op": "add", "task": 1, "x": 0.5, "y": 2.5}


def added(run: Run, task: int) -> list[tuple[float, float]]:
    points = run.scene["points"][task]
    return [(x, y) for x, y, added in zip(points["x"], points["y"], points["added"], strict=True) if added]


def learn_from(run: Run, low: float, high: float) -> Experiment:
    return run.experiment.changed("data.split.learn_from", [low, high])


def test_a_point_added_to_a_paused_run_keeps_its_step_its_records_and_what_was_learned(engine: Engine) -> None:
    run = paused(engine, twins())
    step, records, parameters = run.step, list(run.records), unpack(run.checkpoint).parameters
    view = run.view
    engine.change(run, edited(run.experiment, POINT))
    assert (run.start, run.step, run.status, run.draft) == (1, step, "paused", None)
    assert run.records == records
    assert (unpack(run.checkpoint).parameters == parameters).all()
    assert unpack(run.checkpoint).step == run.step
    assert added(run, 1) == [(0.5, 2.5)]
    assert added(run, 0) == []
    assert run.facts["rows"]["train"] == 121
    until(lambda: run.view is not view)  # a standing run is drawn anew
    assert "twin" in run.view


def test_a_point_added_to_a_playing_run_lets_it_play_on(engine: Engine) -> None:
    run = engine.create(twins())
    engine.command(run, "speed", 200)
    engine.command(run, "play")
    until(lambda: len(run.records) > 2)
    before, step = list(run.records), run.step
    engine.change(run, edited(run.experiment, POINT))
    assert (run.start, run.status) == (1, "playing")
    assert run.step >= step
    assert run.records[: len(before)] == before
    assert added(run, 1) == [(0.5, 2.5)]
    here = run.step
    until(lambda: run.step > here + 10)
    assert [record["epoch"] for record in run.records] == list(range(len(run.records)))


def test_the_place_of_the_run_stays_the_same_epoch_when_epochs_grow_longer(engine: Engine) -> None:
    run = paused(engine, twins(training__batch_size=40), epochs=3)
    assert (run.per_epoch, run.step) == (3, 9)
    engine.change(run, edited(run.experiment, POINT))
    assert (run.per_epoch, run.step, run.epoch) == (4, 12, 3.0)
    assert unpack(run.checkpoint).step == 12
    engine.command(run, "epoch")
    until(lambda: run.step == 16 and run.status == "paused")
    assert [record["epoch"] for record in run.records] == [0, 1, 2, 3, 4]
    engine.change(run, cleared(run.experiment))
    assert (run.per_epoch, run.step, run.epoch) == (3, 12, 4.0)


def test_every_edit_keeps_the_run_and_is_in_the_picture(engine: Engine) -> None:
    run = paused(engine, twins())
    for change, expected in (
        (lambda made: edited(made, POINT), [(0.5, 2.5)]),
        (lambda made: edited(made, {**POINT, "op": "move", "row": 200, "x": -0.5}), [(-0.5, 2.5)]),
        (lambda made: edited(made, {**POINT, "op": "move", "row": 3, "x": 1.0}), [(-0.5, 2.5)]),
        (lambda made: edited(made, {"op": "remove", "task": 1, "row": 200}), []),
        (cleared, []),
    ):
        engine.change(run, change(run.experiment))
        assert (run.start, run.epoch) == (1, 2.0)
        assert added(run, 1) == expected
    engine.command(run, "epoch")
    until(lambda: run.epoch == 3 and run.status == "paused")


def test_points_of_ones_own_may_all_be_new_on_the_way(engine: Engine) -> None:
    made = two_waves().changed("data.source", {"kind": "sample", "name": "own-points"}).model_dump(mode="json")
    made |= {"tasks": [{"column": "y", "kind": "regression"}], "network": {"trunk": [{"width": 8}], "twin": True}}
    run = paused(engine, Experiment.model_validate(made).changed("training.batch_size", 4))
    assert len(added(run, 0)) == 8
    engine.change(run, edited(run.experiment, {"op": "add", "task": 0, "x": 0.0, "y": 5.0}))
    assert (run.start, run.epoch) == (1, 2.0)
    assert added(run, 0)[-1] == (0.0, 5.0)


@pytest.mark.parametrize("playing", [False, True])
def test_the_range_it_learns_from_changes_on_the_way(engine: Engine, playing: bool) -> None:
    run = paused(engine, twins())
    if playing:
        engine.command(run, "play")
    records = list(run.records)
    rows = run.facts["rows"]["train"]
    engine.change(run, learn_from(run, -1.0, 1.0))
    assert run.start == 1
    assert run.epoch >= 2.0
    assert run.status == ("playing" if playing else "paused")
    assert run.records[: len(records)] == records
    assert run.facts["rows"]["train"] < rows
    assert -1 <= run.scene["known"][0] < run.scene["known"][1] <= 1
    assert 2 in run.scene["points"][0]["part"]
    engine.change(run, run.experiment.changed("data.split.learn_from", None))
    assert run.start == 1
    assert run.facts["rows"]["train"] == rows
    assert 2 not in run.scene["points"][0]["part"]
    assert len(run.marks) == 2


def test_a_range_without_rows_is_refused_and_changes_nothing(engine: Engine) -> None:
    run = paused(engine, twins())
    before = (run.experiment, run.start, run.step, run.facts, run.scene)
    with pytest.raises(UserError, match="range to learn from"):
        engine.change(run, learn_from(run, 100.0, 101.0))
    assert (run.experiment, run.start, run.step, run.facts, run.scene) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda made: made.changed("data.source.params", {"noise": 0.4}),
        lambda made: made.changed("data.source.params", {**edited(made, POINT).data.source.params, "noise": 0.4}),
        lambda made: made.changed("data.source.params", {"rows": 300}),
        lambda made: made.changed("data.split.test", 0.1),
        lambda made: made.changed("network.twin", False),
    ],
    ids=["noise", "noise and a point", "rows", "split", "twin"],
)
def test_other_changes_start_anew(engine: Engine, change: Callable[[Experiment], Experiment]) -> None:
    run = paused(engine, twins())
    engine.change(run, change(run.experiment))
    assert (run.start, run.step, len(run.records)) == (2, 0, 1)


def test_with_splits_of_their_own_a_range_starts_anew(engine: Engine) -> None:
    run = paused(engine, two_waves(training__epochs=2000, replicas=2, data__split__vary=True), epochs=1)
    engine.change(run, edited(run.experiment, POINT))
    assert run.start == 1
    engine.change(run, learn_from(run, -1.0, 1.0))
    assert run.start == 2


def test_twins_with_splits_of_their_own_go_on_too(engine: Engine) -> None:
    run = paused(engine, twins(replicas=2, data__split__vary=True), epochs=1)
    engine.change(run, edited(run.experiment, POINT))
    assert (run.start, run.epoch) == (1, 1.0)
    engine.command(run, "epoch")
    until(lambda: run.epoch == 2 and run.status == "paused")
    assert len(run.view["twin"][0][0]["low"]) == len(run.view["tasks"][0][0]["low"]) == 160

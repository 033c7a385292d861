"""A run's result is what its newest network says, as people see it."""

import pytest

from core.network.shapes import shapes
from core.rooms.result import result_of
from core.runs import wire
from core.runs.engine import Engine
from tests.core.runs.running import paused, two_waves, until


def test_it_is_what_the_run_shows(engine: Engine) -> None:
    run = paused(engine, two_waves(replicas=2), epochs=2)
    result = result_of(run)
    shown = wire.banded(run.records[-1])["validation"]
    assert result.scores == {column: shown[number]["r2"][0] for number, column in enumerate(run.experiment.columns)}
    sizes = shapes(run.experiment, run.facts["features"], run.facts["outputs"])
    assert (result.parameters, result.epochs) == (sizes.total, 2.0)
    assert 0 < run.seconds < 60
    assert result.seconds == pytest.approx(run.seconds, abs=0.01)


def test_it_is_of_the_newest_network_also_between_epochs_and_while_an_earlier_moment_is_shown(engine: Engine) -> None:
    run = paused(engine, two_waves(), epochs=2)
    engine.command(run, "step")
    until(lambda: run.step == 2 * run.per_epoch + 1 and run.status == "paused")
    before = result_of(run)
    assert before.epochs == pytest.approx(2 + 1 / run.per_epoch, abs=0.01)
    assert before.scores[run.experiment.columns[0]] == wire.band(run.now["validation"][0]["r2"])[0]
    engine.command(run, "look", {"step": 0})
    until(lambda: run.looking is not None)
    assert result_of(run) == before


def test_a_task_that_is_not_scored_has_no_score(engine: Engine) -> None:
    made = two_waves()
    helper = made.columns[1]
    assert result_of(engine.create(made.changed(f"tasks.{helper}.auxiliary", True))).scores.keys() == {made.columns[0]}


def test_without_validation_rows_there_is_no_score(engine: Engine) -> None:
    run = engine.create(two_waves(data__split__validation=0.0))
    assert set(result_of(run).scores.values()) == {None}


def test_rewound_it_has_taken_no_time(engine: Engine) -> None:
    run = paused(engine, two_waves(), epochs=1)
    engine.command(run, "rewind")
    until(lambda: run.step == 0 and run.status == "ready")
    assert (result_of(run).seconds, result_of(run).epochs) == (0.0, 0.0)


def test_a_run_that_just_becomes_another_is_no_result(engine: Engine) -> None:
    run = engine.create(two_waves())
    run.facts = {**run.facts, "outputs": {}}
    with pytest.raises(LookupError):
        result_of(run)

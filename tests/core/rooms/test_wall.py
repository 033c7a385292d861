"""Tiles are small, true, and lead to nobody's run."""

import json
import time

from core.rooms.result import result_of
from core.rooms.room import Member
from core.rooms.wall import POINTS, at_hand, result_on, thinned, wall
from core.runs.engine import Engine
from core.runs.run import new_id
from tests.core.runs.running import paused, two_waves, until


def test_a_tile_tells_how_a_run_stands_and_how_it_came_there(engine: Engine) -> None:
    run = paused(engine, two_waves(), epochs=3)
    anna, ben, cleo = Member("a", "Anna", run.id, 0.0), Member("b", "Ben", None, 0.0), Member("c", "Cleo", new_id(), 0.0)
    tile, empty, gone = wall([anna, ben, cleo], {run.id: run})
    assert (tile["id"], tile["nickname"], tile["status"], tile["epoch"], tile["epochs"]) == ("a", "Anna", "paused", 3.0, 20)
    for number, task in enumerate(tile["tasks"]):
        assert task["name"] == run.experiment.columns[number]
        assert (task["metric"], task["auxiliary"]) == ("R²", False)
        assert [point[0] for point in task["curve"]] == [0, 1, 2, 3]
        assert task["curve"][-1][1] == float(f"{run.records[-1]['validation'][number]['loss'][0]:.4g}")
    assert (empty["status"], empty["tasks"], gone["status"], gone["nickname"]) == ("", [], "", "Cleo")
    assert result_on(tile) == result_of(run)
    text = json.dumps([tile, empty, gone], allow_nan=False)
    assert run.id not in text
    assert run.watch_id not in text


def test_without_validation_rows_there_are_no_values_and_no_fault(engine: Engine) -> None:
    run = engine.create(two_waves(data__split__validation=0.0))
    (tile,) = wall([Member("a", "Anna", run.id, 0.0)], {run.id: run})
    assert [(task["value"], task["curve"]) for task in tile["tasks"]] == [(None, [[0, None]])] * 2
    json.dumps(tile, allow_nan=False)


def test_a_run_that_just_becomes_another_has_an_empty_tile(engine: Engine) -> None:
    run = engine.create(two_waves())
    run.facts = {**run.facts, "outputs": {}}
    (tile,) = wall([Member("a", "Anna", run.id, 0.0)], {run.id: run})
    assert tile["tasks"] == []


def test_of_long_curves_the_ends_stay() -> None:
    for length in (1, POINTS, POINTS + 1, 5000):
        found = thinned(list(range(length)))
        assert len(found) == min(length, POINTS)
        assert (found[0], found[-1]) == (0, length - 1)
        assert found == sorted(set(found))


def test_a_glance_keeps_no_run_going_that_nobody_looks_at(engine: Engine) -> None:
    run = engine.create(two_waves())
    run.seen = long_ago = time.monotonic() - 500
    assert at_hand(engine, run.id) is run
    assert run.seen == long_ago
    engine.library.flush()
    engine.library._forget(run)
    found = at_hand(engine, run.id)
    assert found is not None
    assert found is not run
    assert (at_hand(engine, None), at_hand(engine, new_id())) == (None, None)


def test_two_hundred_and_fifty_tiles_are_quick(engine: Engine) -> None:
    run = engine.create(two_waves(training__epochs=300))
    engine.command(run, "speed", None)
    engine.command(run, "play")
    until(lambda: run.status == "finished", 60)
    members = [Member(str(number), f"Nickname {number}", run.id, 0.0) for number in range(250)]
    began = time.thread_time()
    made = wall(members, {run.id: run})
    assert time.thread_time() - began < 1.0
    assert len(json.dumps(made)) < 250 * 5000

"""Runs outlive their process, and are driven by one process at a time."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from core.errors import UserError
from core.runs import library
from core.runs.engine import Engine
from core.runs.processes import Processes
from core.runs.run import Run, new_id
from core.runs.shelf import Shelf
from core.storage import Blobs, Database
from tests.core.runs.running import Borrowed, two_waves, until
from tests.core.runs.test_engine import alone

pool = ThreadPoolExecutor(4)
Start = Callable[[str], Engine]


@pytest.fixture
def start(tmp_path: Path, database_address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts the engine of another process of the same app."""
    monkeypatch.setattr(library, "EACH", 0.05)
    monkeypatch.setattr(library, "BEAT", 0.1)
    monkeypatch.setattr(library, "LOOK", 0.05)
    started: list[Engine] = []
    databases: list[Database] = []

    def begin(name: str) -> Engine:
        database = Database(database_address)
        databases.append(database)
        shelf = Shelf(database, Blobs(str(tmp_path / "blobs")), f"{name}:1:0.00")
        engine = Engine(Borrowed(pool), str(tmp_path), 2, shelf, Processes(database, f"{name}:1:0.00"))
        started.append(engine)
        return engine

    yield begin
    for engine in started:
        kill(engine)
    for database in databases:
        database.close()


def kill(engine: Engine) -> None:
    """It ends as a process does that is killed: nothing is written any more, nobody is told."""
    engine.library._ended.set()
    engine.library._news.set()
    engine.library._thread.join(5)
    engine.library._shelf = None
    engine._events.put(None)
    engine._thread.join(5)


def test_runs_that_nobody_has_looked_at_for_long_are_deleted(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    first = start("one")
    stands, plays = (first.create(two_waves()) for _ in range(2))
    first.command(plays, "play")
    until(lambda: plays.step > 0)
    first.library.flush()
    kill(first)
    second = start("two")
    looked = second.create(two_waves())
    assert second.library.sweep(days=0.01) == 0
    later = time.time() + 3600
    monkeypatch.setattr(time, "time", lambda: later)
    assert second.library.sweep(days=0.01) == 1
    assert second.find(stands.id) is None
    assert second.find(looked.id) is looked
    assert second.find(plays.id) is not None
    assert len(list((Path(second.folder) / "blobs" / "runs").iterdir())) == 2


def test_after_a_restart_it_is_the_same_run(start: Start) -> None:
    first = start("one")
    run = first.create(two_waves())
    first.command(run, "epoch")
    until(lambda: run.step == run.per_epoch and run.status == "paused")
    first.close()
    again = start("two").find(run.id)
    assert again is not run
    assert (again.checkpoint, again.status, again.step, again.records) == (run.checkpoint, "paused", run.step, run.records)


def test_what_played_when_its_process_was_killed_is_driven_on_to_the_same_bits(start: Start) -> None:
    first = start("one")
    run = first.create(two_waves(training__epochs=200))
    first.command(run, "speed", None)
    first.command(run, "play")
    until(lambda: run.step > 60)
    kill(first)
    stopped = run.step
    second = start("two")
    second.library._processes._clock = lambda: 1e9 + len(second.runs)  # long after
    second.library._processes.bury()
    second.library._processes._clock = lambda: 2e9
    until(lambda: run.id in second.runs)
    again = second.runs[run.id]
    until(lambda: again.status == "finished", 60)
    assert stopped < again.step
    assert again.checkpoint == alone(run.experiment)
    assert [record["epoch"] for record in again.records] == list(range(201))


def test_what_is_told_a_run_is_written_at_once_and_what_it_learns_now_and_then(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = start("one")
    run = first.create(two_waves(training__epochs=10_000))
    monkeypatch.setattr(library, "EACH", 3600.0)

    def kept() -> Run:
        taken = first.library._shelf.take(run.id)
        assert taken is not None
        return taken.run

    first.command(run, "play")
    until(lambda: kept().status == "playing")
    first.command(run, "speed", 20)
    until(lambda: kept().speed == 20)
    first.change(run, run.experiment.changed("training.learning_rate", 0.02))
    until(lambda: kept().experiment.training.learning_rate == 0.02)
    step = kept().step
    until(lambda: run.step > step + 20)
    assert kept().step == step
    first.command(run, "pause")
    until(lambda: kept().status == "paused")


def test_another_process_mirrors_it_and_who_acts_drives(start: Start) -> None:
    one, two = start("one"), start("two")
    run = one.create(two_waves(training__epochs=2000))
    until(lambda: one.library._processes._beat > 0)
    mirror = two.find(run.id)
    assert mirror.mirror
    one.command(run, "play")
    heard = []
    mirror.watchers += 1
    mirror.listeners.add(lambda: heard.append(mirror.step))
    until(lambda: mirror.step > 20)
    assert heard
    assert mirror.status == "playing"
    two.command(mirror, "pause")
    until(lambda: not mirror.mirror and mirror.status == "paused")
    until(lambda: run.mirror and not two.busy(mirror))  # the slice under way has ended
    at = mirror.step
    two.command(mirror, "step")
    until(lambda: mirror.step == at + 1)
    assert one.find(run.id) is run
    until(lambda: run.step == mirror.step or not one.find(run.id))


def test_a_database_that_fails_for_a_while_loses_nothing(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = start("one")
    run = engine.create(two_waves())
    put, failing = engine.library._shelf.put, [True]

    def fails(made: object, before: object) -> object:
        if failing[0]:
            raise OperationalError("", {}, Exception("database is locked"))
        return put(made, before)

    monkeypatch.setattr(engine.library._shelf, "put", fails)
    engine.command(run, "epoch")
    until(lambda: run.status == "paused" and engine.library.trouble != "")
    with pytest.raises(UserError, match="should have a place where it is kept"):
        engine.create(two_waves())
    failing[0] = False
    until(lambda: engine.library.trouble == "")
    engine.library.flush()
    assert start("two").find(run.id).step == run.step


def test_a_run_that_nobody_looks_at_pauses_and_leaves_memory(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = start("one")
    run, watched = (engine.create(two_waves(training__epochs=2000)) for _ in range(2))
    watched.watchers += 1
    for each in (run, watched):
        engine.command(each, "play")
    until(lambda: run.status == watched.status == "playing")
    late = run.seen + library.IDLE + 1
    engine.library._tidy(late)
    until(lambda: run.status == "paused")
    assert watched.status == "playing"
    until(lambda: engine.library._tidy(late) or set(engine.runs) == {watched.id})
    again = engine.find(run.id)
    assert (again.status, again.checkpoint) == ("paused", run.checkpoint)


def test_a_run_that_is_looked_at_elsewhere_does_not_pause_here(start: Start) -> None:
    one, two = start("one"), start("two")
    run = one.create(two_waves(training__epochs=2000))
    until(lambda: one.library._processes._beat > 0)
    mirror = two.find(run.id)
    mirror.watchers += 1
    one.command(run, "play")
    until(lambda: run.status == mirror.status == "playing")
    late = run.seen + library.IDLE - 1.5
    for tick in range(3):
        one.library._tidy(late + tick)
        two.library._tidy(late + tick)
    one.library._tidy(late + 3)
    assert run.status == "playing"
    mirror.watchers -= 1
    two.library._tidy(mirror.seen + library.IDLE + 1)
    until(lambda: run.id not in two.runs)  # it leaves memory there, though it plays
    one.library._tidy(run.seen + library.IDLE + 1)
    until(lambda: run.status == "paused")


def test_nothing_is_found_that_is_no_id(start: Start) -> None:
    engine = start("one")
    run = engine.create(two_waves())
    for id in ("", "../" + run.id, run.id[:-1], run.id + "x", new_id(), "%00" * 10):
        assert engine.find(id) is None
        assert engine.library.find_watched(id) is None
    assert engine.find(run.watch_id) is None
    assert engine.library.find_watched(run.watch_id) is run


def test_a_deleted_run_is_gone_everywhere(start: Start) -> None:
    one, two = start("one"), start("two")
    run = one.create(two_waves())
    one.library.drop(run)
    assert one.find(run.id) is None
    assert two.find(run.id) is None


def test_a_run_that_is_deleted_elsewhere_is_gone_here(start: Start) -> None:
    one, two = start("one"), start("two")
    run = one.create(two_waves())
    until(lambda: one.library._processes._beat > 0)
    assert two.find(run.id).mirror
    one.library.drop(run)
    until(lambda: two.find(run.id) is None)


def test_without_a_shelf_runs_live_here(tmp_path: Path) -> None:
    engine = Engine(Borrowed(pool), str(tmp_path))
    run: Run = engine.create(two_waves())
    assert engine.find(run.id) is run
    engine.close()

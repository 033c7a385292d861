"""What is put on the shelf comes back whole; whoever has been replaced writes nothing any more."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.runs import wire
from core.runs.engine import Engine
from core.runs.run import Run, new_id
from core.runs.shelf import LostError, Shelf, snapshot
from core.storage import Blobs, Database
from tests.core.runs.running import Borrowed, paused, two_waves, until

pool = ThreadPoolExecutor(2)


@pytest.fixture
def shelves(tmp_path: Path, database_address: str) -> Iterator[list[Shelf]]:
    """Of two processes, with one database."""
    databases, blobs = [Database(database_address) for _ in range(2)], Blobs(str(tmp_path / "blobs"))
    yield [Shelf(database, blobs, name) for database, name in zip(databases, ("one", "two"), strict=True)]
    for database in databases:
        database.close()


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A run with a past: trained, looked back, branched off with another scheme, edited."""
    engine = Engine(Borrowed(pool), str(tmp_path))
    made = paused(engine, two_waves(replicas=2, network__twin=True), epochs=3)
    engine.command(made, "look", {"step": made.per_epoch})
    until(lambda: made.looking is not None)
    engine.change(made, made.experiment.changed("weighting.name", "uncertainty"))
    engine.command(made, "epoch")
    until(lambda: made.step == 2 * made.per_epoch and made.status == "paused")
    engine.command(made, "edit", {"op": "off", "layer": "trunk.0", "unit": 1})
    until(lambda: made.edited)
    engine.draft(made, two_waves(training__epochs=7))
    until(lambda: made.baseline is not None)
    engine.close()
    return made


def test_it_comes_back_whole(run: Run, shelves: list[Shelf]) -> None:
    shelves[0].put(snapshot(run), None)
    taken = shelves[1].take(run.id)
    again = taken.run
    parts = frozenset({"units", "histograms", "network"})
    assert wire.text(wire.frame(again, 0, parts)) == wire.text(wire.frame(run, 0, parts))
    assert wire.text(wire.scene(again)) == wire.text(wire.scene(run))
    assert (again.checkpoint, again.experiment, again.draft) == (run.checkpoint, run.experiment, run.draft)
    assert again.recording.kept == run.recording.kept
    assert len(run.recording.changes) == 2
    assert (again.records, again.report, again.left, again.person) == (run.records, run.report, run.left, run.person)
    assert again.watch_id == run.watch_id
    assert again.facts == run.facts
    assert 0 < again.seconds == run.seconds


def test_only_what_is_new_of_the_history_is_written_again(run: Run, shelves: list[Shelf]) -> None:
    written = shelves[0].put(snapshot(run), None)
    run.records = [*run.records, run.records[-1] | {"epoch": 3}]
    written = shelves[0].put(snapshot(run), written)
    assert (written.saved, written.records) == (1, len(run.records))
    assert shelves[0].take(run.id).run.records == run.records
    run.cut(1)
    written = shelves[0].put(snapshot(run), written)
    assert shelves[0].take(run.id).run.records == run.records
    assert len(run.records) == 2


def test_blobs_that_no_version_needs_any_more_go(run: Run, shelves: list[Shelf], tmp_path: Path) -> None:
    written = shelves[0].put(snapshot(run), None)
    for number in range(5):
        run.checkpoint = b"another %d" % number
        written = shelves[0].put(snapshot(run), written)
    kept = [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()]
    assert len(kept) == len(run.recording.keyframes) + 2
    shelves[0].drop(run.id)
    assert [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()] == []
    assert shelves[0].take(run.id) is None


def test_who_was_replaced_writes_nothing_and_who_replaces_does(run: Run, shelves: list[Shelf]) -> None:
    one, two = shelves
    first = one.put(snapshot(run), None)
    taken = two.take(run.id)
    assert taken.driver is None  # "one" has shown no sign of life
    assert two.claim(run.id, taken.written.fence)
    assert not one.claim(run.id, taken.written.fence)
    run.version += 1
    with pytest.raises(LostError):
        one.put(snapshot(run), first)
    assert two.take(run.id).run.version == run.version - 1
    assert two.saved(run.id) == (1, 0)


def test_runs_that_play_and_have_no_driver_are_orphans(run: Run, shelves: list[Shelf]) -> None:
    one, two = shelves
    run.status = "playing"
    one.put(snapshot(run), None)
    assert two.orphans() == [run.id]
    one.leave()
    assert two.take(run.id).driver is None


def test_it_is_found_by_the_id_that_is_for_looking(run: Run, shelves: list[Shelf]) -> None:
    shelves[0].put(snapshot(run), None)
    assert shelves[1].watched(run.watch_id) == run.id
    assert shelves[1].watched(new_id()) is None
    assert shelves[1].take(new_id()) is None


def test_a_persons_runs_are_found(run: Run, shelves: list[Shelf]) -> None:
    shelves[0].put(snapshot(run), None)
    assert shelves[1].of(run.person) == [run.id]
    assert shelves[1].of("somebody else") == []


def test_what_was_written_though_nobody_heard_so_is_written_again(run: Run, shelves: list[Shelf]) -> None:
    written = shelves[0].put(snapshot(run), None)
    run.records = [*run.records, run.records[-1] | {"epoch": 3}]
    shelves[0].put(snapshot(run), written)  # the answer is lost
    written = shelves[0].put(snapshot(run), written)
    assert shelves[1].take(run.id).run.records == run.records
    assert shelves[1].saved(run.id) == (written.fence, written.saved) == (0, 2)


def test_blobs_that_cannot_be_tidied_now_are_tidied_later(
    run: Run, shelves: list[Shelf], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(Blobs, "keep", fails)
        written = shelves[0].put(snapshot(run), None)
    shelves[0].put(snapshot(run), written)
    assert shelves[1].take(run.id).run.records == run.records

"""What one person may ask, and what the server does at once: refused with a sentence, and nothing is lost."""

from pathlib import Path

import pytest

from core.data.store import Store
from core.errors import UserError
from core.runs.engine import Engine
from core.runs.limits import check_stored, stored
from core.runs.uploads import folder_of
from tests.core.runs.running import two_waves, until

LONG = {"training__epochs": 100_000}


def test_too_many_rows_are_refused_when_a_run_is_made_and_when_it_is_changed(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = engine.create(two_waves())
    monkeypatch.setenv("MTL_PERSON_ROWS", "20")
    with pytest.raises(UserError, match="A run should learn from at most 20 rows here. Found"):
        engine.create(two_waves(seed=6))
    before = run.checkpoint
    with pytest.raises(UserError, match="at most 20 rows"):
        engine.change(run, two_waves().changed("seed", 5))
    assert run.checkpoint == before


def test_too_many_parameters_are_refused(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MTL_PERSON_PARAMETERS", "1000")
    wide = two_waves(network__trunk=[{"width": 256}, {"width": 256}])
    with pytest.raises(UserError, match="A run should have at most 1,000 parameters here"):
        engine.create(wide)
    small = two_waves(network__trunk=[{"width": 8}])
    engine.create(small)
    with pytest.raises(UserError, match="or fewer replicas"):
        engine.create(small.changed("replicas", 16))


def test_one_person_plays_a_few_runs_at_once_and_others_play_on(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MTL_PERSON_PLAYING", "2")
    runs = [engine.create(two_waves(**LONG), person="ada") for _ in range(3)]
    for run in runs[:2]:
        engine.command(run, "play")
    until(lambda: all(run.status == "playing" for run in runs[:2]))
    with pytest.raises(UserError, match="at most 2 runs at once. Found 2 that play. Pause one of them"):
        engine.command(runs[2], "play")
    engine.command(runs[0], "play")  # it plays already
    engine.command(runs[2], "step")
    until(lambda: runs[2].step == 1)
    other = engine.create(two_waves(**LONG), person="bo")
    engine.command(other, "play")
    until(lambda: other.status == "playing")
    engine.command(runs[1], "pause")
    until(lambda: runs[1].status == "paused")
    engine.command(runs[2], "play")
    until(lambda: runs[2].status == "playing")


def test_the_server_plays_only_so_many(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MTL_SERVER_PLAYING", "1")
    first, second = (engine.create(two_waves(**LONG)) for _ in range(2))
    engine.command(first, "play")
    until(lambda: first.status == "playing")
    with pytest.raises(UserError, match="At most 1 runs should play at once here"):
        engine.command(second, "play")
    first.mirror = True  # another process trains it
    engine.command(second, "play")
    until(lambda: second.status == "playing")


def test_a_persons_files_are_counted_over_all_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MTL_PERSON_MEGABYTES", "1")
    root = str(tmp_path)
    for run, size in (("a", 300_000), ("b", 400_000), ("someone", 900_000)):
        store = Store(folder_of(root, run))
        store.beside(store.put(b"x" * size), "made").write_bytes(b"y" * 10**6)  # what is made of a file does not count
    assert stored(root, ["a", "b", "none"]) == 700_000
    check_stored(root, ["a", "b"], 300_000)
    with pytest.raises(UserError, match="at most 1 MB of files here. Found 0.7 MB and 0.3 MB more"):
        check_stored(root, ["a", "b"], 300_001)


def test_a_person_s_runs_are_found(engine: Engine) -> None:
    made = [engine.create(two_waves(), person=person).id for person in ("ada", "bo", "ada")]
    assert engine.library.of("ada") == [made[0], made[2]]
    assert engine.library.of("nobody") == []

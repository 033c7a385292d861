"""The short form of `tests.faults.faults`: every fault once, while the same ten people go on playing."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.experiment import Experiment
from core.runs import slice as work
from core.runs.run import Run
from core.runs.shelf import Taken, Written
from core.training.advance import Budget, advance
from core.training.checkpoint import start
from tests.core.runs.running import two_waves
from tests.faults import faults
from tests.faults.faults import FAULTS, Room, different, going_on, pause, play, room, same
from tests.test_rules import Source, calls, imports

pytestmark = pytest.mark.slow
KEEPING = {"core/rooms/rooms.py", "core/runs/shelf.py", "core/runs/uploads.py"}
"""They note when something was used last, by the machine's clock: what nobody has used for long is deleted. Nothing else is."""
SPEED = 5
"""Steps per second: they play through all faults without coming to an end."""


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def here(loop: asyncio.Runner) -> Iterator[Room]:
    """Ten people who play."""
    opened = room(speed=SPEED)
    made = loop.run(opened.__aenter__())
    try:
        loop.run(play(made))
        yield made
    finally:
        loop.run(opened.__aexit__(None, None, None))


@pytest.mark.parametrize("name", FAULTS)
def test_no_run_is_lost(name: str, here: Room, loop: asyncio.Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    for cause in ("BUSY", "FULL", "AWAY"):
        monkeypatch.setattr(faults, cause, 2.0)
    if why := FAULTS[name].cannot():
        pytest.skip(why)
    before = here.steps()
    loop.run(FAULTS[name].happens(here))
    assert loop.run(going_on(here, before)) == []
    assert here.problems == []


def test_after_all_that_they_are_bit_for_bit_what_nobody_disturbed(here: Room, loop: asyncio.Runner) -> None:
    loop.run(pause(here))
    assert min(here.steps()) > 2 * 4  # some epochs
    assert loop.run(different(here)) == []


def trained(experiment: Experiment, steps: int) -> Taken:
    dataset, _ = work.prepared(experiment, "")
    begun = work.begin(experiment, "")
    point, records = advance(start(experiment, dataset), dataset, Budget(steps))
    run = Run(experiment, step=steps, checkpoint=point.pack(), facts=begun.facts, records=[begun.record, *records])
    return Taken(run, None, Written(0, 0, 0, 0, frozenset()), None)


def test_what_is_another_by_one_bit_or_lacks_a_record_is_found() -> None:
    taken = trained(two_waves(), 10)
    assert same(taken)
    checkpoint = taken.run.checkpoint
    taken.run.checkpoint = checkpoint[:-1] + bytes([checkpoint[-1] ^ 1])
    assert not same(taken)
    taken.run.checkpoint = checkpoint
    taken.run.records.pop()
    assert not same(taken)
    taken = trained(two_waves(), 10)
    taken.run.experiment = taken.run.experiment.changed("training.learning_rate", 0.02)
    assert not same(taken)


def test_nothing_but_what_deletes_old_things_asks_what_time_it_is() -> None:
    root = Path(__file__).parents[2]
    asked = {
        "time.time",
        "time.time_ns",
        "time.localtime",
        "time.gmtime",
        "datetime.now",
        "datetime.datetime.now",
        "date.today",
    }
    files = [*(root / "core").rglob("*.py"), *(root / "pages").rglob("*.py"), root / "app.py"]
    sources = [Source.read(root, file.relative_to(root).as_posix()) for file in files]
    assert {source.path for source in sources if any(name in asked for _, name, _ in calls(source))} == KEEPING
    assert not [line for source in sources for line, name in imports(source) if name in ("time.time", "time.time_ns")]

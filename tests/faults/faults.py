"""Ten people play, and something breaks: no run is lost, and what was trained is, bit for bit, what nobody disturbed.

    python -m tests.faults.faults --times 20 [name ...]

prints a line for each fault. The server is the real one, the people speak to it as browsers do, and every fault is a real one:
a process is killed, a disk is full. What was trained is read from the database and compared with the same document trained in
this process, without an engine. Knows nothing of how the app survives.
"""

import argparse
import asyncio
import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import torch
from sqlalchemy import select

from benchmarks.figure import Figure, table
from benchmarks.server import App, started
from benchmarks.visitor import Visitor
from core.experiment import Experiment, parse
from core.runs import slice as work
from core.runs.shelf import Shelf, Taken
from core.storage import Blobs, Database
from core.storage.tables import RUNS
from core.training.advance import Budget, advance
from core.training.checkpoint import start
from tests.faults.clock import Clock

PEOPLE = 10
NOISE = (0.0, 0.2, 0.3)
"""People draw other curves than their neighbours; few, for each is trained again in this process."""
SPEED = 20
"""Steps per second: a round must not come to its end."""
PATIENCE = 30.0
"""Seconds after a fault in which every run must be seen to go on; else it is lost."""
BACK = 3.0
"""Seconds of training that may have to be done again: runs are written once a second."""
BUSY, FULL, AWAY = 5.0, 5.0, 5.0
DISK = 64 * 2**20
YEAR = 365 * 24 * 3600


@dataclass
class Room:
    """The app, and people who play in it. problems: sentences about what was found that should not be."""

    app: App
    clock: Clock
    people: list[Visitor]
    ids: list[str]
    problems: list[str] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.app.folder

    def steps(self) -> list[int]:
        return [one.step for one in self.people]


class Fault(NamedTuple):
    """what: for the table. happens: returns when the cause is over. cannot: why it cannot be tried here; "" where it can."""

    what: str
    happens: Callable[[Room], Awaitable[None]]
    cannot: Callable[[], str] = lambda: ""


# -- what breaks ----------------------------------------------------------------------------------------------------------


async def worker_killed(room: Room) -> None:
    random.choice(room.app.workers).kill()


async def app_killed(room: Room) -> None:
    room.app.kill()
    await asyncio.to_thread(room.app.start)
    await page_refreshed(room)


async def database_busy(room: Room) -> None:
    hold = "import sqlite3, sys, time; held = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)"
    hold += "; held.execute('BEGIN EXCLUSIVE'); print('held', flush=True); time.sleep(float(sys.argv[2]))"
    command = [sys.executable, "-c", hold, str(room.folder / "mtl.db"), str(BUSY)]
    other = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert other.stdout is not None
    await other.stdout.readline()
    before = room.steps()
    await other.wait()
    if not all(now > then for now, then in zip(room.steps(), before, strict=True)):
        room.problems.append("While the database was busy not every run went on.")


async def disk_full(room: Room) -> None:
    weight = room.folder / "weight"
    before = room.steps()
    try:
        for _ in range(int(FULL / 0.5)):  # again and again: what the app deletes makes room
            _fill(weight)
            await asyncio.sleep(0.5)
        if not all(now > then for now, then in zip(room.steps(), before, strict=True)):
            room.problems.append("While the disk was full not every run went on.")
    finally:
        weight.unlink()


def _fill(file: Path) -> None:
    """Until nothing fits any more."""
    with file.open("ab", buffering=0) as filled:
        for size in (2**16, 2**8, 1):
            try:
                while True:
                    filled.write(bytes(size))
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise


async def clock_jumps(room: Room) -> None:
    """A year on, then two years back. That the app has noticed is seen by when it says that a new visitor came."""
    for years in (1, -1):
        room.clock.jump(years * YEAR)
        await asyncio.sleep(3)
        visitor = Visitor(room.app.url)
        await visitor.open()
        await visitor.close()
        off = (_came(room.folder, visitor.run) - time.time()) / YEAR
        if abs(off - years) > 0.5:
            room.problems.append(f"The clock should have jumped by {years} years. Found {off:.1f}.")
    room.clock.jump(0)


def _came(folder: Path, id: str) -> float:
    database = Database(f"sqlite:///{folder / 'mtl.db'}")
    try:
        with database.read() as connection:
            return connection.execute(select(RUNS.c.used).where(RUNS.c.id == id)).scalar_one()
    finally:
        database.close()


async def connection_cut(room: Room) -> None:
    for one in room.people:
        one.cut()
    await asyncio.sleep(AWAY)
    await page_refreshed(room)


async def page_refreshed(room: Room) -> None:
    await asyncio.gather(*(one.again() for one in room.people))


def _no_small_disk() -> str:
    return "" if _mounts() else "It needs root, and the right to mount a small file system."


@lru_cache
def _mounts() -> bool:
    with small_disk() as folder:
        return folder is not None


FAULTS = {
    "worker": Fault("a worker is killed", worker_killed),
    "app": Fault("the app is killed and started again", app_killed),
    "busy": Fault(f"the database is busy for {BUSY:g} s", database_busy),
    "full": Fault(f"the disk is full for {FULL:g} s", disk_full, _no_small_disk),
    "clock": Fault("the clock jumps a year on, and two back", clock_jumps),
    "cut": Fault(f"connections are cut for {AWAY:g} s", connection_cut),
    "refresh": Fault("everybody refreshes", page_refreshed),
}


# -- who plays --------------------------------------------------------------------------------------------------------------


@asynccontextmanager
async def room(people: int = PEOPLE, speed: float = SPEED) -> AsyncIterator[Room]:
    """The app on a small disk where one can be had, and people whose runs stand at their beginning."""
    with small_disk() as disk, tempfile.TemporaryDirectory() as temporary:
        clock = Clock(Path(temporary) / "clock")
        with started(folder=disk or Path(temporary) / "data", environment=clock.environment) as app:
            visitors = [Visitor(app.url) for _ in range(people)]
            try:
                await asyncio.gather(*(_come(one, number, speed) for number, one in enumerate(visitors)))
                yield Room(app, clock, visitors, [one.run for one in visitors])
            finally:
                await asyncio.gather(*(one.close() for one in visitors))


async def _come(one: Visitor, number: int, speed: float) -> None:
    await one.open()
    if await one.move("Noise", NOISE[number % len(NOISE)], 60) is None:
        raise RuntimeError("The slider for noise should be answered.")
    await one.command("speed", speed)


@contextmanager
def small_disk() -> Iterator[Path | None]:
    """An empty file system of `DISK` bytes; None where one cannot be had."""
    folder = Path(tempfile.mkdtemp())
    try:
        mount = shutil.which("mount") if os.geteuid() == 0 else None
        command = [mount or "", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)]
        there = mount is not None and subprocess.run(command, capture_output=True).returncode == 0
        try:
            yield folder if there else None
        finally:
            if there:
                subprocess.run(["umount", "--lazy", str(folder)], check=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def play(room: Room) -> None:
    """From the beginning, until every run is seen to train."""
    await asyncio.gather(*map(_play, room.people))
    await going_on(room)


async def _play(one: Visitor) -> None:
    if one.frame.get("status") != "ready":
        begun = one.frame["start"]
        await one.command("rewind")
        await one.until(lambda: one.frame["start"] > begun, PATIENCE)
    await one.command("play")


async def going_on(room: Room, before: list[int] | None = None) -> list[str]:
    """The runs that are not seen to play, from one step to a later one, in time: lost.

    before: the steps where they were; none may have fallen back by more than what is trained in `BACK` seconds.
    """
    ends = time.monotonic() + PATIENCE
    first: dict[str, int] = {}

    def plays(id: str, one: Visitor) -> bool:
        return one.step >= 0 and one.step > first.setdefault(id, one.step) and one.frame["status"] == "playing"

    waits = [
        one.until(lambda id=id, one=one: plays(id, one), ends - time.monotonic())
        for id, one in zip(room.ids, room.people, strict=True)
    ]
    found = await asyncio.gather(*waits)
    for id, one, then in zip(room.ids, room.people, before or [], strict=False):
        if first.get(id, then) < then - BACK * one.frame["speed"]:
            room.problems.append(f"A run should go on from step {then}. Found {first[id]}.")
    return [id for id, one, plays in zip(room.ids, room.people, found, strict=True) if not plays or one.run != id]


async def pause(room: Room) -> None:
    await asyncio.gather(*(one.command("pause") for one in room.people))
    await asyncio.gather(*(one.until(lambda one=one: one.frame.get("status") == "paused", PATIENCE) for one in room.people))


# -- what was trained -------------------------------------------------------------------------------------------------------


async def different(room: Room) -> list[str]:
    """The runs, all standing, that are not what the same document becomes undisturbed."""
    database = Database(f"sqlite:///{room.folder / 'mtl.db'}")
    try:
        found = await _written(Shelf(database, Blobs(str(room.folder / "blobs")), "looks only"), room.ids)
    finally:
        database.close()
    return [each.run.id for each in found if not same(each)]


async def _written(shelf: Shelf, ids: list[str]) -> list[Taken]:
    """Runs that stand still, once nothing of them is written any more."""
    ends, last = time.monotonic() + PATIENCE, None
    while time.monotonic() < ends:
        now = [shelf.saved(id) for id in ids]
        if now == last:
            return [taken for id in ids if (taken := shelf.take(id)) is not None]
        last = now
        await asyncio.sleep(2)  # a run that changes is written every second
    raise RuntimeError("Runs that stand still should be written within seconds.")


def same(taken: Taken) -> bool:
    run = taken.run
    records = undisturbed(run.experiment.to_json())
    checkpoint = alone(run.experiment, run.step)
    there = [json.dumps(record, sort_keys=True) for record in run.records]
    return there == records[: len(there)] and len(there) == 1 + run.step // run.per_epoch and run.checkpoint == checkpoint


@lru_cache
def undisturbed(document: str) -> list[str]:
    """All records of a document that is trained to its end at one go, as JSON."""
    experiment = parse(json.loads(document))
    dataset, _ = work.prepared(experiment, "")
    records = [work.begin(experiment, "").record, *advance(start(experiment, dataset), dataset, Budget())[1]]
    return [json.dumps(record, sort_keys=True) for record in records]


def alone(experiment: Experiment, step: int) -> bytes:
    """The checkpoint of a document that is trained so far at one go."""
    dataset, _ = work.prepared(experiment, "")
    return advance(start(experiment, dataset), dataset, Budget(step), looks=False)[0].pack()


# -- the script ------------------------------------------------------------------------------------------------------------


@dataclass
class Outcome:
    """Of one fault, over all times. back: seconds from the end of the cause until every run was seen to go on, per time."""

    lost: int = 0
    other: int = 0
    back: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


async def try_out(fault: Fault, times: int) -> Outcome:
    """Each time everybody plays from the beginning; after the last they play to the end."""
    found = Outcome()
    async with room() as here:
        for _ in range(times):
            await play(here)
            await asyncio.sleep(random.uniform(0.5, 2.0))
            before = here.steps()
            await fault.happens(here)
            began = time.monotonic()
            found.lost += len(await going_on(here, before))
            found.back.append(time.monotonic() - began)
            await pause(here)
            found.other += len(await different(here))
        for one in here.people:
            await one.command("speed", None)
            await one.command("play")
        for one in here.people:
            if not await one.until(lambda one=one: one.frame.get("status") == "finished", 10 * PATIENCE):
                here.problems.append("A run did not come to its end.")
        found.other += len(await different(here))
        found.problems = here.problems
    return found


def figures(fault: Fault, times: int, found: Outcome) -> list[Figure]:
    return [
        Figure(f"{fault.what}, {times} times, {PEOPLE} runs: runs lost", found.lost, "", 0),
        Figure("    runs with other curves than undisturbed ones", found.other, "", 0),
        Figure("    seconds until all are seen to go on: slowest", max(found.back), "s"),
        *(Figure(f"    {problem}", 1, "", 0) for problem in found.problems),
    ]


def main(names: list[str], times: int) -> int:
    torch.set_num_threads(1)  # as in a worker
    broken = 0
    for name in names or FAULTS:
        fault = FAULTS[name]
        if why := fault.cannot():
            print(f"{fault.what}: not tried. {why}", flush=True)
            continue
        told = figures(fault, times, asyncio.run(try_out(fault, times)))
        print(table(told), flush=True)
        broken += sum(figure.broken for figure in told)
    return 1 if broken else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the app ends with us
    parser = argparse.ArgumentParser(description="Breaks things while ten people play.")
    parser.add_argument("names", nargs="*", help=f"some of {', '.join(FAULTS)}; all if left out")
    parser.add_argument("--times", type=int, default=20)
    asked = parser.parse_args()
    with suppress(KeyboardInterrupt):
        sys.exit(main(asked.names, asked.times))

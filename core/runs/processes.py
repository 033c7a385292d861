"""Which of the app's processes live, as far as the database tells: each counts up in a row of its own.

Knows nothing of runs. No clock of one machine is compared with another's, nor with itself after a jump: whose number has stood
still for `SILENT` of our own seconds is dead, and so is a process of this machine that is no longer there.
"""

import hashlib
import os
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import psutil
from sqlalchemy import delete, insert, select, update

from core.storage import Database
from core.storage.tables import PROCESSES

SILENT = 10.0


def own_name() -> str:
    """This process, by machine, number and birth: no other one ever has that name."""
    here = psutil.Process()
    return f"{_machine()}:{here.pid}:{_born(here)}"


class Processes:
    """name: of this one. clock: seconds that never jump."""

    def __init__(self, database: Database, name: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._database, self.name, self._clock = database, name, clock
        self._beat = 0
        self._heard: dict[str, tuple[int, float]] = {}

    def beat(self) -> None:
        """Says that this process lives; to be called every second or two."""
        self._beat += 1
        with self._database.write() as connection:
            mine = update(PROCESSES).where(PROCESSES.c.id == self.name).values(beat=self._beat)
            if connection.execute(mine).rowcount == 0:
                connection.execute(insert(PROCESSES).values(id=self.name, beat=self._beat))

    def bury(self) -> list[str]:
        """Takes the dead off the list, and returns their names."""
        with self._database.read() as connection:
            rows = dict(connection.execute(select(PROCESSES.c.id, PROCESSES.c.beat)).all())
        now = self._clock()
        known = self._heard
        self._heard = {
            name: known[name] if name in known and known[name][0] == beat else (beat, now) for name, beat in rows.items()
        }
        dead = [name for name in rows if name != self.name and (now - self._heard[name][1] > SILENT or _vanished(name))]
        if dead:
            with self._database.write() as connection:
                for name in dead:
                    still = (PROCESSES.c.id == name) & (PROCESSES.c.beat == rows[name])
                    connection.execute(delete(PROCESSES).where(still))
        return dead


@lru_cache(maxsize=1)
def _machine() -> str:
    """The same for all processes that can see each other: those of one machine since it started, in one container."""
    marks = [socket.gethostname()]
    with suppress(OSError):
        marks += [Path("/proc/sys/kernel/random/boot_id").read_text(), os.readlink("/proc/self/ns/pid")]
    return hashlib.sha256("".join(marks).encode()).hexdigest()[:32]


def _born(process: psutil.Process) -> str:
    """Seconds from the machine's start to the process's: no step of the clock changes it."""
    return f"{process.create_time() - psutil.boot_time():.2f}"


def _vanished(name: str) -> bool:
    """Whether a process of this machine is no longer there; of others' nothing is known."""
    machine, pid, born = name.rsplit(":", 2)
    if machine != _machine():
        return False
    try:
        return _born(psutil.Process(int(pid))) != born
    except psutil.NoSuchProcess:
        return True

"""Who lives: no clock is trusted but one's own, and that one only to count on."""

from collections.abc import Iterator

import psutil
import pytest
from sqlalchemy import select

from core.runs.processes import SILENT, Processes, own_name
from core.storage import Database
from core.storage.tables import PROCESSES


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def database(database_address: str) -> Iterator[Database]:
    made = Database(database_address)
    yield made
    made.close()


def alive(database: Database) -> set[str]:
    with database.read() as connection:
        return set(connection.execute(select(PROCESSES.c.id)).scalars())


def test_whose_number_stands_still_is_dead(database: Database) -> None:
    clock = Clock()
    here, there = (Processes(database, f"{name}:1:0.00", clock) for name in ("here", "there"))
    for process in (here, there):
        process.beat()
    assert here.bury() == []
    clock.now += SILENT - 1
    there.beat()
    assert here.bury() == []
    clock.now += SILENT - 1
    assert here.bury() == []
    clock.now += 2
    assert here.bury() == ["there:1:0.00"]
    assert alive(database) == {"here:1:0.00"}
    there.beat()  # it was only slow
    assert alive(database) == {"here:1:0.00", "there:1:0.00"}


def test_a_process_of_this_machine_that_is_gone_is_dead_at_once(database: Database) -> None:
    here = Processes(database, own_name(), Clock())
    machine, pid, born = own_name().rsplit(":", 2)
    gone = Processes(database, f"{machine}:{pid}:{float(born) - 60:.2f}")  # the same number, given again
    gone.beat()
    here.beat()
    assert here.bury() == [gone.name]


def test_a_step_of_the_clock_kills_nobody(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = Processes(database, f"{'0' * 32}:1:0.00", Clock()), Processes(database, own_name(), Clock())
    there.beat()
    created, booted = psutil.Process.create_time, psutil.boot_time
    monkeypatch.setattr(psutil.Process, "create_time", lambda process: created(process) + 3600)  # the time of day is another
    monkeypatch.setattr(psutil, "boot_time", lambda: booted() + 3600)
    assert here.bury() == []
    assert own_name() == there.name


def test_one_does_not_bury_oneself(database: Database) -> None:
    clock = Clock()
    here = Processes(database, own_name(), clock)
    here.beat()
    here.bury()
    clock.now += 10 * SILENT
    assert here.bury() == []

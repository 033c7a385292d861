"""Rooms on a database of their own, with an engine on threads whose runs are kept."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.rooms.rooms import Rooms
from core.runs.engine import Engine
from core.runs.processes import Processes
from core.runs.shelf import Shelf
from core.storage import Blobs, Database
from tests.core.rooms.meeting import Clock, Meeting
from tests.core.runs.running import Borrowed


@pytest.fixture(scope="session")
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as executor:
        yield executor


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'mtl.db'}"


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    made = Database(address)
    yield made
    made.close()


@pytest.fixture
def engine(threads: ThreadPoolExecutor, database: Database, tmp_path: Path) -> Iterator[Engine]:
    shelf = Shelf(database, Blobs(str(tmp_path / "blobs")), "here")
    made = Engine(Borrowed(threads), str(tmp_path / "files"), 2, shelf, Processes(database, "here"))
    yield made
    made.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def rooms(database: Database, engine: Engine, clock: Clock) -> Rooms:
    return Rooms(database, engine, clock)


@pytest.fixture
def meeting(rooms: Rooms) -> Meeting:
    """An open room, with its key."""
    room, key = rooms.open("Tuesday’s workshop", "open sesame")
    return Meeting(rooms, room.code, key)

"""The rooms of a server lie in the database where its runs are."""

from pathlib import Path

import pytest

import core.rooms
from core.runs.engine import Engine
from core.settings import database
from core.storage import Database


def test_the_rooms_of_the_server_are_in_its_database(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MTL_DATABASE", f"sqlite:///{tmp_path / 'server.db'}")
    monkeypatch.setattr(core.rooms, "engine", lambda: engine)
    core.rooms.rooms.cache_clear()
    try:
        room, _ = core.rooms.rooms().open("One")
        assert core.rooms.rooms() is core.rooms.rooms()
        assert core.rooms.Rooms(Database(database()), engine).room(room.code) == room
    finally:
        core.rooms.rooms.cache_clear()

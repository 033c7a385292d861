"""Rooms: a presenter, the people who joined by a code, and what they share. Built on runs; knows nothing of pages."""

from functools import lru_cache

from core.rooms.rooms import Rooms
from core.runs import engine
from core.settings import database
from core.storage import Database


@lru_cache(maxsize=1)
def rooms() -> Rooms:
    """The rooms of this server, in the database where runs are; opened when first asked for."""
    return Rooms(Database(database()), engine())

"""A room with its key, people by name, and a clock that a test sets."""

import hashlib
from dataclasses import dataclass

from core.rooms.room import Member
from core.rooms.rooms import Rooms


def person(name: str) -> str:
    """As pages tell people apart."""
    return hashlib.sha256(name.encode()).hexdigest()[:40]


@dataclass
class Meeting:
    rooms: Rooms
    code: str
    key: str

    def join(self, name: str) -> Member:
        return self.rooms.join(self.code, person(name), name)


class Clock:
    """Seconds, as the test has them pass."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

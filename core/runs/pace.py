"""When a run goes on that is asked for so many steps per second.

Steps that took longer than they should are made up for, but only those of the last moment: who stood still for a while does not
rush afterwards. Knows nothing of workers and of what a step is.
"""

import time
from collections.abc import Callable

MADE_UP = 0.2
"""Seconds behind its time that a run makes up for at most."""


class Pace:
    """The pace of each of many runs, by their ids. clock: seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._due: dict[str, float] = {}

    def begin(self, run: str) -> None:
        """A run sets out now."""
        self._due[run] = self._clock()

    def wait(self, run: str, taken: int, speed: float) -> float:
        """Seconds until it goes on, when it has just `taken` steps at a speed in steps per second."""
        now = self._clock()
        due = self._due[run] = max(self._due.get(run, now) + taken / speed, now - MADE_UP)
        return max(0.0, due - now)

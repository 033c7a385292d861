"""Guesses are slowed: after a few wrong ones from one place, each further one has to wait, longer every time.

Knows nothing of what is guessed. It is this process's own memory: with several processes one may guess in each.
"""

import math
import threading
import time
from collections.abc import Callable

from core.errors import UserError

FREE, FORGOTTEN = 5, 120.0
"""So many wrong guesses cost nothing; all are forgotten so many seconds after the last one."""
LONGEST = 60.0
"""Seconds that one waits at most."""
PLACES = 10_000
"""So many places are remembered; then those are forgotten whose last wrong guess is the longest ago."""


class Slow:
    """clock: seconds that never jump."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._guesses: dict[str, tuple[int, float]] = {}  # how many were wrong, and when the last one was
        self._lock = threading.Lock()

    def check(self, place: str, free: int = FREE) -> None:
        """Raises `UserError`, with the seconds to wait, where a guess must not be looked at yet. free: what costs nothing."""
        with self._lock:
            self._check(place, free)

    def wrong(self, place: str) -> None:
        """A guess from a place was wrong."""
        with self._lock:
            self._count(place)

    def take(self, place: str, free: int = FREE) -> None:
        """Checks, and counts the guess as wrong before it is known: of many at the same time few are looked at."""
        with self._lock:
            self._check(place, free)
            self._count(place)

    def right(self, place: str) -> None:
        """What was taken for wrong was right."""
        with self._lock:
            wrong, last = self._guesses.pop(place, (0, 0.0))
            if wrong > 1:
                self._guesses[place] = (wrong - 1, last)

    def _check(self, place: str, free: int) -> None:
        wrong, last = self._known(place)
        wait = last + min(LONGEST, 2.0 ** min(wrong - free, 16)) - self._clock() if wrong >= free else 0.0
        if wait > 0:
            fix = f"Try again in {math.ceil(wait)} {'second' if wait <= 1 else 'seconds'}."
            raise UserError("Keys, codes and passwords should be known, not guessed.", "too many wrong ones", fix)

    def _count(self, place: str) -> None:
        wrong, _ = self._known(place)
        self._guesses.pop(place, None)
        self._guesses[place] = (wrong + 1, self._clock())
        if len(self._guesses) > PLACES:
            del self._guesses[next(iter(self._guesses))]

    def _known(self, place: str) -> tuple[int, float]:
        wrong, last = self._guesses.get(place, (0, 0.0))
        return (wrong, last) if self._clock() - last <= FORGOTTEN else (0, 0.0)

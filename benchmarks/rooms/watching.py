"""Looks after the app while people use it: its memory, and what it complains about. Knows nothing of people."""

import asyncio
import math
import time
from contextlib import suppress
from statistics import mean

from benchmarks.figure import Figure
from benchmarks.server import App

EVERY = 5.0
"""Seconds between two looks."""
WARM, LAST = 90.0, 60.0
"""Seconds until all is loaded that will be, and of the end that is compared with what was there then."""
MOST = 3e9
"""Bytes."""
FAULTY = ('"level":"error"', '"level":"critical"', "Traceback (most recent call last)")


class Watch:
    """Of an app, from when it is entered to when it is left; the figures are for afterwards."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._began = time.monotonic()
        self._seen: list[tuple[float, int]] = []

    async def __aenter__(self) -> "Watch":
        self._task = asyncio.create_task(self._look())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def _look(self) -> None:
        while True:
            memory = await asyncio.to_thread(lambda: self._app.memory)
            self._seen.append((time.monotonic() - self._began, memory))
            await asyncio.sleep(EVERY)

    def figures(self) -> list[Figure]:
        memory = [bytes for _, bytes in self._seen]
        log = self._app.log.read_text(errors="replace")
        return [
            Figure("memory of the server and its workers: most", max(memory, default=math.nan) / 1e9, "GB", MOST / 1e9),
            *growth(self._seen),
            Figure("errors in its log", sum(log.count(each) for each in FAULTY), "", 0),
        ]


def growth(seen: list[tuple[float, int]]) -> list[Figure]:
    """How much the memory has grown since all was loaded; nothing is said of less than a few minutes. seen: seconds, bytes."""
    end = seen[-1][0] if seen else 0.0
    first = [bytes for at, bytes in seen if WARM <= at < WARM + LAST]
    last = [bytes for at, bytes in seen if at > end - LAST]
    if end < WARM + 3 * LAST:
        return []
    grown = 100 * (mean(last) / mean(first) - 1)
    return [Figure(f"    growth in {(end - WARM) / 60:.0f} minutes", grown, "%", 5)]

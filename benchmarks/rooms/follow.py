"""A hundred people in a room follow one presenter, whose run plays: one training, and how late its pictures come to each.

A picture is late by the time from when the first of all has seen a step to when this one sees it, or a later one.
"""

import asyncio
import time
from bisect import bisect_right

from benchmarks.figure import Figure
from benchmarks.load import percentile
from benchmarks.rooms.people import Member, Presenter, come
from benchmarks.rooms.watching import Watch
from benchmarks.server import started

PEOPLE = 100
COME = 30.0
"""Seconds within which they join."""
EVERY = 10
"""Seconds between two presses of the presenter's: the run must not come to its end."""


class Seen:
    """When whom has seen which step of the run; begun anew at every press."""

    def __init__(self, members: list[Member]) -> None:
        self.members = members
        self.at: dict[int, list[tuple[float, int]]] = {}
        self.noting = False

    def note(self, number: int) -> None:
        if self.noting:
            self.at.setdefault(number, []).append((time.monotonic(), self.members[number].step))

    def delays(self) -> list[float]:
        """Of every step that the first saw, and everyone."""
        first: dict[int, float] = {}
        for at, step in sorted(each for seen in self.at.values() for each in seen):
            first.setdefault(step, at)
        found = []
        for seen in self.at.values():
            steps = [step for _, step in seen]
            for step, at in first.items():
                place = bisect_right(steps, step - 1)
                if place < len(seen):
                    found.append(max(0.0, seen[place][0] - at))
        return found


async def scene(minutes: float) -> list[Figure]:
    with started() as app:
        presenter = Presenter(app.url)
        code = await presenter.preside()
        members: list[Member] = []
        seen = Seen(members)
        members += [
            Member(app.url, code, f"Person {number}", lambda number=number: seen.note(number)) for number in range(PEOPLE)
        ]
        async with Watch(app) as watch:
            try:
                await come(members, COME)
                began = time.monotonic()
                await presenter.follow_me()
                await asyncio.gather(*(each.until(lambda each=each: each.shown != each.run, 60) for each in members))
                took = time.monotonic() - began
                following = sum(each.shown == members[0].shown != each.run for each in members)
                delays, shown, pictures = await _watched(presenter, seen, minutes)
            finally:
                await asyncio.gather(presenter.close(), *(each.close() for each in members))
        return [
            Figure(f"{PEOPLE} follow: those who do", following, "", PEOPLE, least=True),
            Figure("    from the presenter's press until the last of them sees it", took, "s"),
            Figure(f"a picture is late: 95th percentile of {len(delays):,}", percentile(delays, 95), "s", 2),
            Figure("    from a press of the presenter until everyone sees it: slowest", max(shown), "s"),
            Figure("    pictures for each", pictures, "a second"),
            Figure("exceptions on pages, streams refused", sum(len(each.faults) + each.refused for each in members), "", 0),
            *watch.figures(),
        ]


async def _watched(presenter: Presenter, seen: Seen, minutes: float) -> tuple[list[float], list[float], float]:
    """The presenter plays, pauses and begins anew: delays, seconds until everyone saw a press, pictures a second."""
    delays, shown, frames, lasted = [], [], 0, 0.0
    ends = time.monotonic() + 60 * minutes
    while time.monotonic() < ends:
        seen.at.clear()
        await presenter.command("play")
        await everyone(seen.members, "playing")
        seen.noting, began = True, time.monotonic()
        await asyncio.sleep(EVERY)
        seen.noting = False
        delays += seen.delays()
        frames, lasted = frames + sum(map(len, seen.at.values())), lasted + time.monotonic() - began
        for name, status in (("pause", "paused"), ("rewind", "ready")):
            pressed = time.monotonic()
            await presenter.command(name)
            await asyncio.gather(
                *(each.until(lambda each=each, status=status: each.status == status, 30) for each in seen.members)
            )
            shown.append(time.monotonic() - pressed)
    return delays, shown, frames / lasted / PEOPLE


async def everyone(members: list[Member], status: str) -> None:
    """Until everyone sees it."""
    await asyncio.gather(*(each.until(lambda each=each: each.status == status, 30) for each in members))

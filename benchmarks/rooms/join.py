"""Two hundred people come into a room within twenty seconds: whether all get in, and how soon each sees a picture."""

import asyncio
import math
from statistics import median

from benchmarks.figure import Figure
from benchmarks.load import percentile
from benchmarks.rooms.people import Member, Presenter, come
from benchmarks.rooms.watching import Watch
from benchmarks.server import started

PEOPLE, COME = 200, 20.0


async def scene(minutes: float) -> list[Figure]:
    """minutes: does not matter here."""
    with started() as app:
        presenter = Presenter(app.url)
        code = await presenter.preside()
        members = [Member(app.url, code, f"Person {number}") for number in range(PEOPLE)]
        async with Watch(app) as watch:
            try:
                took = await come(members, COME)
            finally:
                await asyncio.gather(presenter.close(), *(each.close() for each in members))
        there = [each for each in took if math.isfinite(each)]
        return [
            Figure(f"{PEOPLE} come within {COME:g} s: those who are refused", PEOPLE - len(there), "", 0),
            Figure("    from opening the page to the first picture: 95th percentile", percentile(took, 95), "s", 6),
            Figure("    median", median(took), "s"),
            Figure("exceptions on pages, streams refused", sum(len(each.faults) + each.refused for each in members), "", 0),
            *watch.figures(),
        ]

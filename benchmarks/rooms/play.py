"""Thirty people each play the default scene and move a slider every few seconds, one more does so in a real Chromium.

A run that has come to its end is begun again.
"""

import asyncio
import math
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from statistics import median

from playwright.sync_api import Page

from benchmarks.browser import chromium
from benchmarks.figure import Figure
from benchmarks.load import NOISE, RATE, Click, answered, elsewhere, percentile
from benchmarks.rooms.watching import Watch
from benchmarks.server import started
from benchmarks.visitor import Visitor

PEOPLE = 30
PAUSE = 5.0
"""Seconds between two clicks of a person."""
WAIT = 3.0
"""Seconds in which every run should be seen to have gone on."""


class Player:
    """One person. waits: seconds from each picture of a run that plays to the next that shows another step."""

    def __init__(self, url: str, number: int) -> None:
        self.visitor = Visitor(url, on_frame=self._see)
        self.dice = random.Random(number)
        self.waits: list[float] = []
        self.clicks: list[Click] = []
        self._step, self._since = -1, math.nan

    def _see(self) -> None:
        step, now = self.visitor.step, time.monotonic()
        if step != self._step or self.visitor.status != "playing":
            self.see(now)
            self._step = step

    def see(self, now: float) -> None:
        """Notes how long nothing has moved; also at the end."""
        if not math.isnan(self._since):
            self.waits.append(now - self._since)
        self._since = now if self.visitor.status == "playing" else math.nan

    async def play(self, ends: float) -> None:
        await self.visitor.command("play")
        await asyncio.sleep(self.dice.random() * PAUSE)
        for label in cycle((RATE, NOISE)):
            if time.monotonic() >= ends - PAUSE:
                break
            if self.visitor.status == "finished":
                await self.visitor.command("rewind")
                await self.visitor.command("play")
            value = elsewhere(self.visitor.sliders[label], self.dice)
            self.clicks.append((label, await self.visitor.move(label, value)))
            await asyncio.sleep(PAUSE * (0.75 + 0.5 * self.dice.random()))
        await asyncio.sleep(max(0.0, ends - time.monotonic()))
        self.see(time.monotonic())


async def scene(minutes: float) -> list[Figure]:
    with started() as app:
        players = [Player(app.url, number) for number in range(PEOPLE)]
        for player in players:
            await player.visitor.open()
        async with Watch(app) as watch:
            there, over = threading.Event(), threading.Event()
            looking = asyncio.create_task(asyncio.to_thread(looker, app.url, there, over))
            await asyncio.to_thread(there.wait)  # starting a browser is no work of the server's, even if done beside it
            ends = time.monotonic() + 60 * minutes
            try:
                await asyncio.gather(*(player.play(ends) for player in players))
            finally:
                over.set()
                seen = await looking
                await asyncio.gather(*(player.visitor.close() for player in players))
        return [*told(players), *seen, *watch.figures()]


def told(players: list[Player]) -> list[Figure]:
    clicks = [click for player in players for click in player.clicks]
    waits = [max(player.waits, default=math.inf) for player in players]
    each = [wait for player in players for wait in player.waits]
    visitors = [player.visitor for player in players]
    return [
        Figure(f"{PEOPLE} play: longest that a run was not seen to go on", max(waits), "s", WAIT),
        Figure("    95th percentile of all waits", percentile(each, 95), "s"),
        Figure(f"a click is answered: 95th percentile of {len(clicks)}", percentile(answered(clicks), 95), "ms", 500),
        Figure("    median", median(answered(clicks) or [math.nan]), "ms"),
        *(
            Figure(f"    95th percentile, {label.lower()}", percentile(answered(clicks, label), 95), "ms")
            for label in (RATE, NOISE)
        ),
        Figure("clicks lost", len(clicks) - len(answered(clicks)), "", 0),
        Figure("exceptions on pages, streams refused", sum(len(one.faults) + one.refused for one in visitors), "", 0),
    ]


def looker(url: str, there: threading.Event, over: threading.Event) -> list[Figure]:
    """A person in Chromium, who plays, pauses and plays again until it is over. there: set once the page can be used."""
    with there_at_last(there), chromium() as page:
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(url)
        status = page.locator(".transport .status dd")
        status.filter(has_text="ready").wait_for(timeout=60_000)
        there.set()
        took, drawn = [], []
        while not over.is_set() or not took:
            took.append(played(page))
            before = page.evaluate("[__mtlLive.drawn, performance.now()]")
            page.wait_for_timeout(3000)
            after = page.evaluate("[__mtlLive.drawn, performance.now()]")
            drawn.append(1000 * (after[0] - before[0]) / (after[1] - before[1]))
            page.locator(".transport button[data-command=rewind]").click()
            status.filter(has_text="ready").wait_for(timeout=30_000)
            page.wait_for_timeout(1000)
    return [
        Figure(f"Chromium: from a click on Play until steps are counted, slowest of {len(took)}", max(took), "ms", 1000),
        Figure("    frames drawn while it plays: least", min(drawn), "a second", 10, least=True),
        Figure("    errors on its page", len(faults), "", 0),
    ]


@contextmanager
def there_at_last(there: threading.Event) -> Iterator[None]:
    """Nobody waits for a browser that never comes."""
    try:
        yield
    finally:
        there.set()


def played(page: Page) -> float:
    """Milliseconds from a click on Play until the step counter shows another number."""
    counter = page.locator(".transport .step dd")
    before, began = counter.text_content(), time.perf_counter()
    page.locator(".transport button.play").click()
    while counter.text_content() == before:
        if time.perf_counter() - began > 30:
            return math.inf
        page.wait_for_timeout(10)
    return 1000 * (time.perf_counter() - began)

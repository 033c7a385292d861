"""Ten visitors play at once, and each moves a slider every two seconds: how soon the page answers, how often pictures come.

They take turns between a change that the run takes up on its way (learning rate) and one that starts it anew (noise).
"""

import asyncio
import math
import random
from itertools import cycle
from statistics import median
from typing import Any

from benchmarks.figure import Figure
from benchmarks.server import running
from benchmarks.visitor import Visitor, standing

VISITORS = 10
ROUNDS, SECONDS = 3, 14.0
PAUSE = 2.0
RATE, NOISE = "Learning rate", "Noise"

Click = tuple[str, float | None]
"""What was moved, and the seconds until it was answered; None for never."""


def figures() -> list[Figure]:
    with running() as url:
        return asyncio.run(crowd(url))


async def crowd(url: str) -> list[Figure]:
    visitors = [Visitor(url) for _ in range(VISITORS)]
    for visitor in visitors:
        await visitor.open()
    try:
        for visitor in visitors:
            await visitor.command("play")
        before = [visitor.frames for visitor in visitors]
        rounds = [await everybody(visitors) for _ in range(ROUNDS)]
        frames = [(visitor.frames - count) / (ROUNDS * SECONDS) for visitor, count in zip(visitors, before, strict=True)]
        standing_still = sum(visitor.frame.get("status") != "playing" for visitor in visitors)
    finally:
        await asyncio.gather(*(visitor.close() for visitor in visitors))
    every = [click for clicks in rounds for click in clicks]
    return [
        Figure(f"a click is answered, {VISITORS} visitors playing: median of {len(every)}", median(answered(every)), "ms"),
        Figure(f"    95th percentile (median of {ROUNDS} rounds)", worst(rounds), "ms", 300),
        *(Figure(f"    95th percentile, {label.lower()}", worst(rounds, label), "ms") for label in (RATE, NOISE)),
        Figure("clicks lost", len(every) - len(answered(every)), "", 0),
        Figure("runs that stand still at the end", standing_still, "", 0),
        Figure("pictures for each visitor: median", median(frames), "a second"),
        Figure("pictures for the slowest visitor", min(frames), "a second"),
    ]


async def everybody(visitors: list[Visitor]) -> list[Click]:
    return [click for clicks in await asyncio.gather(*map(visit, visitors, range(VISITORS))) for click in clicks]


def answered(clicks: list[Click], label: str = "") -> list[float]:
    """Milliseconds until the answer, of those clicks (on `label`, if given) that got one."""
    return [1000 * took for name, took in clicks if took is not None and name.startswith(label)]


def worst(rounds: list[list[Click]], label: str = "") -> float:
    """The median over rounds of the 95th percentile: one hiccup of the machine does not decide."""
    return median(percentile(answered(clicks, label), 95) for clicks in rounds)


async def visit(visitor: Visitor, number: int) -> list[Click]:
    """Moves a slider every two seconds."""
    dice = random.Random(number)
    clicks: list[Click] = []
    end = asyncio.get_running_loop().time() + SECONDS
    await asyncio.sleep(dice.random() * PAUSE)
    for label in cycle((RATE, NOISE)):
        if asyncio.get_running_loop().time() >= end - PAUSE:
            break
        clicks.append((label, await visitor.move(label, elsewhere(visitor.sliders[label], dice))))
        await asyncio.sleep(PAUSE * (0.75 + 0.5 * dice.random()))
    await asyncio.sleep(max(0.0, end - asyncio.get_running_loop().time()))
    return clicks


def elsewhere(slider: Any, dice: random.Random) -> float | str:
    """Another value of a slider: any number, or a neighbour of what is usual among options (no run should explode)."""
    if slider.options:
        places: list = list(slider.options)[3:8]
    else:
        steps = round((slider.max - slider.min) / slider.step)
        places = [round(slider.min + slider.step * place, 6) for place in range(steps + 1)]
    return dice.choice([place for place in places if place != standing(slider)])


def percentile(values: list[float], share: int) -> float:
    """The smallest of the values that so many in a hundred do not exceed; no number when there are none."""
    return sorted(values)[max(1, math.ceil(len(values) * share / 100)) - 1] if values else math.nan

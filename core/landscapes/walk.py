"""Walks down a landscape with a scheme, from many starts at once. Knows nothing of pictures.

A step: losses and Jacobian J at the point, the scheme's weights w of them, d = J^T w, or the scheme's own direction, then

    x <- x - rate d                                          plain gradient descent ("gd")
    x <- x - rate m/(1 - b1^t) / (sqrt(v/(1 - b2^t)) + e)    Adam (Kingma and Ba 2015), m and v running means of d and d^2,
                                                             b1 = 0.9, b2 = 0.999, e = 1e-8

Starts are the scheme's replicas: each has its own state and dice. A step is an epoch: the whole loss is seen, not a batch.
The score of a task is how far it has come from the landscape's `highest` to its `lowest`, from 0 to 1.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from core.errors import UserError
from core.landscapes import TASKS, Array, Landscape
from core.weighting import Scheme, Signal, State
from core.weighting._dice import Dice

MOST_STARTS = 64
BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8


@dataclass(frozen=True)
class Course:
    """What stays the same on a walk. every: of how many steps one is kept for drawing."""

    landscape: Landscape
    scheme: Scheme
    starts: Sequence[Sequence[float]]
    optimizer: Literal["adam", "gd"] = "adam"
    rate: float = 1e-3
    every: int = 100
    seed: int = 0


class Walker(NamedTuple):
    """Where a walk stands: points and Adam's moments `[start, 2]`, losses `[start, task]`, the scheme's state, steps done."""

    points: Array
    first: Array
    second: Array
    losses: Array
    scheme: State
    step: int = 0


class Path(NamedTuple):
    """What was kept: steps `[point]`, points `[point, start, 2]`, and losses and weights `[point, start, task]`, both before
    the step. Where a walk stands now is not in it, but in its `Walker`."""

    steps: Array
    points: Array
    losses: Array
    weights: Array


def begin(course: Course) -> Walker:
    """Raises `UserError` for starts that are no points of the plane."""
    try:
        points = np.array(course.starts, dtype=np.float64)
    except (TypeError, ValueError):
        points = np.empty(0)
    if points.ndim != 2 or points.shape[1] != 2 or not np.isfinite(points).all():
        raise UserError("Starts should be points of the plane.", "something else", "Give two finite numbers for each.")
    if not 1 <= len(points) <= MOST_STARTS:
        raise UserError(f"There should be 1 to {MOST_STARTS} starts.", str(len(points)), "Choose fewer.")
    losses, _ = course.landscape.at(points)
    return Walker(points, np.zeros_like(points), np.zeros_like(points), losses, course.scheme.init(TASKS, len(points)))


def walk(course: Course, walker: Walker, steps: int) -> tuple[Walker, Path]:
    """`steps` more steps. Pure, and two slices give what one walk does, bit for bit."""
    scheme, at, every = course.scheme, course.landscape.at, course.every
    lowest, needs = course.landscape.lowest, scheme.needs
    balances, scored, looks_back = scheme.balances, "score" in needs, "losses_after" in needs
    span = course.landscape.highest - lowest
    dice = Dice(course.seed, range(len(walker.points)))
    points, first, second = walker.points.copy(), walker.first.copy(), walker.second.copy()
    move: Callable[[Array, int], None]
    move = _adam(points, first, second, course.rate) if course.optimizer == "adam" else _descend(points, course.rate)

    kept: list[tuple[int, Array, Array, Array]] = []
    state = walker.scheme
    losses, jacobian = at(points)
    excess = losses - lowest
    for step in range(walker.step, walker.step + steps):
        gramian = jacobian @ jacobian.transpose(0, 2, 1) if balances else None
        score = np.minimum(np.maximum(1.0 - excess / span, 0.0), 1.0) if scored else None
        weights, state, own, *_ = scheme.weigh(state, Signal(excess, gramian, jacobian, score, step, step, dice))
        if step % every == 0:
            kept.append((step, points.copy(), losses, weights))
        move((weights[:, None] @ jacobian)[:, 0] if own is None else own, step)
        losses, jacobian = at(points)
        before, excess = excess, losses - lowest
        if looks_back:
            state = scheme.after(state, before, excess)
    return Walker(points, first, second, losses, state, walker.step + steps), _path(kept, len(points))


def _descend(points: Array, rate: float) -> Callable[[Array, int], None]:
    def move(direction: Array, step: int) -> None:
        np.subtract(points, rate * direction, out=points)

    return move


def _adam(points: Array, first: Array, second: Array, rate: float) -> Callable[[Array, int], None]:
    """Changes the three arrays in place: they are the slice's own."""
    scratch, length = np.empty_like(points), np.empty_like(points)
    old1, new1, old2, new2, epsilon = map(np.array, (BETA1, 1.0 - BETA1, BETA2, 1.0 - BETA2, EPSILON))  # quicker than numbers

    def move(direction: Array, step: int) -> None:
        first_share, second_share = 1.0 - BETA1 ** (step + 1), 1.0 - BETA2 ** (step + 1)
        np.multiply(first, old1, first)
        np.multiply(direction, new1, scratch)
        np.add(first, scratch, first)
        np.multiply(second, old2, second)
        np.multiply(direction, direction, scratch)
        np.multiply(scratch, new2, scratch)
        np.add(second, scratch, second)
        np.sqrt(second, length)
        np.multiply(length, 1.0 / math.sqrt(second_share), length)
        np.add(length, epsilon, length)
        np.multiply(first, rate / first_share, scratch)
        np.divide(scratch, length, scratch)
        np.subtract(points, scratch, points)

    return move


def _path(kept: list[tuple[int, Array, Array, Array]], starts: int) -> Path:
    if not kept:
        return Path(np.empty(0, dtype=np.int64), *(np.empty((0, starts, 2)) for _ in range(3)))
    steps, points, losses, weights = zip(*kept, strict=True)
    return Path(np.array(steps), np.stack(points), np.stack(losses), np.stack(weights))

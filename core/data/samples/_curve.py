"""What samples of one input share: points along a range of x, noise, a gap, outliers, and points that a person set.

Knows nothing of which curves these are: each sample hands in its functions of x.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, ClassVar

import numpy as np
import pandas as pd
from pydantic import Field, model_validator

from core.data.samples import BY_HAND
from core.errors import UserError
from core.registry import Params as Base
from core.registry import param

MOST_POINTS, FAR = 500, 1e6
HIDDEN = BY_HAND
NEAREST, FARTHEST = 2.0, 5.0  # how far outliers are thrown, in standard deviations of the curve

Value = Annotated[float, Field(ge=-FAR, le=FAR)]
Number = Annotated[int, Field(ge=0, lt=100_000)]
Point = tuple[Value, Number, Value]
"""x, number of the task, y: a row with a label for that task alone."""
Moved = tuple[Number, Value, Number, Value]
"""Number of a generated row, its new x, number of a task, its new y: the row's other labels stay, and go along."""
Function = Callable[[np.ndarray], np.ndarray]

TANH = {"name": "tanh"}
START: dict[str, Any] = {
    "network": {
        "trunk": [{"width": 16, "activation": TANH}, {"width": 16, "activation": TANH}],
        "towers": {"*": [{"width": 8, "activation": TANH}]},
    },
    "training": {
        "optimizer": {"name": "adam"},
        "learning_rate": 0.01,
        "schedule": {"name": "cosine"},
        "batch_size": 32,
        "epochs": 200,
    },
}
LICENCE = "Made here, on the fly; free to use."
ABOUT_X = "Where on the line, drawn evenly over the range."


def how_many(rows: int) -> Any:
    return param(rows, "How many points to draw.", title="Rows", step=10, ge=20, le=100_000)


def strays(noise: float) -> Any:
    formula = r"y = f(x) + \mathcal N(0, s^2)"
    return param(noise, "How far points stray from the true curve.", formula=formula, step=0.05, ge=0.0, le=2.0)


def begins(x: float) -> Any:
    return param(x, "The range of x begins here.", title="x from", step=0.5, ge=-20.0, le=20.0)


def ends(x: float) -> Any:
    return param(x, "The range of x ends here.", title="x to", step=0.5, ge=-20.0, le=20.0)


def points_param(default: tuple[Point, ...] = ()) -> Any:
    return param(default, "Points of your own, which always train: x, number of the task, y.", max_length=MOST_POINTS)


def moved_param(most: int) -> Any:
    return param((), "Generated points dragged elsewhere: row, x, number of the task, y.", max_length=most)


class Curve(Base):
    """`TASKS`: how many tasks a point may belong to."""

    TASKS: ClassVar[int] = 1

    rows: int = how_many(200)
    noise: float = strays(0.1)
    low: float = begins(-3.0)
    high: float = ends(3.0)
    gap_from: float = param(
        0.0,
        "From here on there are no points; as “Gap to”: no gap.",
        title="Gap from",
        step=0.5,
        ge=-20.0,
        le=20.0,
    )
    gap_to: float = param(0.0, "From here on there are points again.", title="Gap to", step=0.5, ge=-20.0, le=20.0)
    outliers: float = param(
        0.0, "Share of points thrown far off the curve, in each task by itself.", title="Outliers", step=0.01, ge=0.0, le=0.5
    )
    seed: int = param(0, "Another number draws other points.", title="Seed of the points", step=1, ge=0, lt=2**31)
    points: tuple[Point, ...] = points_param()
    moved: tuple[Moved, ...] = moved_param(MOST_POINTS)

    @model_validator(mode="after")
    def ranges_fit(self) -> "Curve":
        if self.high <= self.low:
            raise UserError("The range of x should end above where it begins.", f"{self.low:g} to {self.high:g}", "Swap them.")
        if self.gap_to < self.gap_from:
            raise UserError("The gap should end above where it begins.", f"{self.gap_from:g} to {self.gap_to:g}", "Swap them.")
        if self.gap_from <= self.low and self.high <= self.gap_to:
            raise UserError(
                "The gap should leave a part of the range of x.",
                f"a gap from {self.gap_from:g} to {self.gap_to:g} in {self.low:g} to {self.high:g}",
                "Make it smaller.",
            )
        return self

    @model_validator(mode="after")
    def tasks_are_there(self) -> "Curve":
        numbers = [point[1] for point in self.points] + [moved[2] for moved in self.moved]
        if numbers and max(numbers) >= self.TASKS:
            known = "0" if self.TASKS == 1 else f"from 0 to {self.TASKS - 1}"
            raise UserError(
                f"The number of a point's task should be {known}.", f"{max(numbers)}", "Take the point out, or set it anew."
            )
        return self


def curve(params: Curve, functions: Mapping[str, Function]) -> pd.DataFrame:
    """Generated rows, with those that were moved, and after them the points.

    functions: column -> what the task's values are at x, without noise.
    """
    rng = np.random.default_rng(params.seed)
    start, stop = (min(max(end, params.low), params.high) for end in (params.gap_from, params.gap_to))
    x = rng.uniform(params.low, params.high - (stop - start), params.rows)
    stray = params.noise * rng.standard_normal((len(functions), params.rows))
    x = np.where(x >= start, x + (stop - start), x)
    y = np.stack([function(x) for function in functions.values()])
    if params.outliers:
        stray += _thrown(rng, params, y.std(axis=1))
    y = y + stray
    for row, at, task, value in params.moved:  # of a row or task that is not there now: kept, for when it is again
        if row < params.rows and task < len(functions):
            x[row], y[task, row] = at, value
    return with_points(params.points, x, y, tuple(functions))


def with_points(points: tuple[Point, ...], x: np.ndarray, y: np.ndarray, columns: tuple[str, ...]) -> pd.DataFrame:
    """A frame of x `[row]` and y `[task, row]`, and after them a row for each point, with a label for its task alone.

    A point of a task that is not there now has no label, and so waits.
    """
    labels = np.full((len(columns), len(points)), np.nan)
    for place, (_, task, value) in enumerate(points):
        if task < len(columns):
            labels[task, place] = value
    x = np.concatenate([x, [point[0] for point in points]])
    return pd.DataFrame({"x": x, **dict(zip(columns, np.hstack([y, labels]), strict=True))})


def always(params: Any) -> int:
    """How many of the last rows always train: the points."""
    return len(params.points)


def _thrown(rng: np.random.Generator, params: Curve, spread: np.ndarray) -> np.ndarray:
    """How far each point `[task, row]` is thrown off, up or down: 0 but for the outliers."""
    found = np.zeros((len(spread), params.rows))
    count = round(params.outliers * params.rows)
    for task, scale in enumerate(spread):
        far = rng.choice([-1.0, 1.0], count) * rng.uniform(NEAREST, FARTHEST, count) * (scale or 1.0)
        found[task, rng.permutation(params.rows)[:count]] = far
    return found

"""The published walks, and what a picture of each needs: losses on a grid, the Pareto set and its front, starts, ranges.

Knows nothing of how pictures are drawn; numbers are rounded for them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from core.errors import UserError
from core.experiment import Weighting
from core.landscapes import Array, Landscape
from core.landscapes.quadratic import Quadratic
from core.landscapes.two_task import TwoTask
from core.landscapes.walk import Course, Path, Walker
from core.weighting import scheme_of

KEPT = 400
DIGITS = 4


@dataclass(frozen=True)
class Scene:
    title: str
    help: str
    reference: str
    landscape: Landscape
    starts: tuple[tuple[float, float], ...]
    steps: int
    rate: float
    optimizer: Literal["adam", "gd"] = "adam"
    params: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By scheme, where the authors chose others here than usual."""

    @property
    def every(self) -> int:
        """Of how many steps one is drawn."""
        return max(1, -(-self.steps // KEPT))

    def course(
        self,
        weighting: Weighting,
        starts: tuple[tuple[float, float], ...] | None = None,
        rate: float | None = None,
        seed: int = 0,
    ) -> Course:
        """The walk of a scheme here: from the published starts, at the published rate, and with the published parameters of the
        scheme, unless others are given."""
        chosen = self.starts if starts is None else starts
        step = self.rate if rate is None else rate
        usual = weighting.model_copy(update={"params": {**self.params.get(weighting.name, {}), **weighting.params}})
        return Course(self.landscape, scheme_of(usual), chosen, self.optimizer, step, self.every, seed)


SCENES: dict[str, Scene] = {
    "two-task": Scene(
        "Two tasks",
        "Narrow valleys above, two bowls below. The second task's loss is ten times as large as the first's.",
        "Navon et al. 2022, arXiv:2202.01017",
        TwoTask(0.1),
        ((-8.5, 7.5), (0.0, 0.0), (9.0, 9.0), (-7.5, -0.5), (9.0, -1.0)),
        35_000,
        1e-3,
        params={"famo": {"decay": 0.0}},
    ),
    "two-task-even": Scene(
        "Two tasks, losses of one size",
        "The same valleys and bowls as they were published first; it takes longer to get out.",
        "Liu et al. 2021, arXiv:2110.14048",
        TwoTask(1.0),
        ((-8.5, 7.5), (-8.5, -5.0), (9.0, 9.0)),
        100_000,
        1e-3,
        params={"cagrad": {"c": 0.5}, "famo": {"decay": 0.0}},
    ),
    "quadratic": Scene(
        "Element-wise quadratic",
        "Each task has a coordinate of its own. From a start on an axis one task has no gradient, and MGDA stands still.",
        "Quinton and Rey 2024, arXiv:2406.16232",
        Quadratic(),
        ((3.0, -2.0), (0.0, -3.0), (-4.0, 4.0), (-3.0, 4.0), (-3.5, -0.75)),
        50,
        0.075,
        "gd",
        {"cagrad": {"c": 0.5}},
    ),
}


def scene_of(name: str) -> Scene:
    if name not in SCENES:
        raise UserError(f"The landscape should be one of {', '.join(SCENES)}.", f"“{name:.40}”", "Choose one of these.")
    return SCENES[name]


def picture(scene: Scene, size: int = 81) -> dict[str, Any]:
    """All that does not move, ready for JSON.

    `x1` and `x2` `[size]`; `losses` `[task, size, size]`, a row for each x2; `pareto` and `front` `[point, 2]`, the Pareto set
    in the plane and in losses; `stationary`, lines in the plane; `starts` `[start, 2]` and their `start_losses`;
    `range`, that of both axes of the plane; `loss_ranges` `[task, 2]`, with a little air around all that the grid shows.
    """
    landscape = scene.landscape
    side = np.linspace(-landscape.half, landscape.half, size)
    grid = np.stack(np.meshgrid(side, side), -1).reshape(-1, 2)
    losses = landscape.at(grid)[0]
    least, most = losses.min(0), losses.max(0)
    air = 0.05 * (most - least)
    starts, pareto = np.array(scene.starts), landscape.pareto(57)
    return {
        "x1": _plain(side),
        "x2": _plain(side),
        "losses": _plain(losses.T.reshape(2, size, size)),
        "pareto": _plain(pareto),
        "front": _plain(landscape.at(pareto)[0]),
        "stationary": landscape.stationary(),
        "starts": _plain(starts),
        "start_losses": _plain(landscape.at(starts)[0]),
        "range": [-landscape.half, landscape.half],
        "loss_ranges": _plain(np.stack([least - air, most + air], 1)),
    }


def progress(path: Path, walker: Walker) -> dict[str, Any]:
    """A slice of a walk, ready for JSON: `steps` `[point]`, `points` `[start, point, 2]`, `losses` and `weights`
    `[start, point, task]`, and where it stands: `step`, `now` `[start, 2]`, `now_losses` `[start, task]`."""
    return {
        "steps": path.steps.tolist(),
        **{name: _plain(getattr(path, name).transpose(1, 0, 2)) for name in ("points", "losses", "weights")},
        "step": walker.step,
        "now": _plain(walker.points),
        "now_losses": _plain(walker.losses),
    }


def _plain(values: Array) -> list[Any]:
    return np.round(values, DIGITS).tolist()

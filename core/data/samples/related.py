"""Tasks that share what they are made of, as much or as little as one asks. Knows nothing of networks.

The inputs are even over [-1, 1]. Waves of different frequencies, sin(pi w.x + b), have mean 0 over that cube and do not
correlate; sums of two of them, of variance 1, are the bases g. The first task is g_1, task k is c g_1 + sqrt(1 - c^2) g_k:
so its true function correlates with the first one's by exactly c, and any two others by c^2.
"""

from itertools import product
from typing import Annotated

import numpy as np
import pandas as pd
from pydantic import Field

from core.experiment import Kind, TaskKind
from core.registry import Params as Base
from core.registry import param

TITLE = "Related or not"
HELP = "Several tasks over the same four inputs; you set how much they have in common, and how many labels each has."
STORY = (
    "The first task has many labels, the others few. At correlation 1 all ask for the same function, so the first teaches the "
    "others; at 0 they have nothing in common and fight over the shared layers; at -1 they are opposites, which a network "
    "finds as easy as equals. Ask *Does sharing help?* on the page *Sharing*, move the knob, and ask again."
)
LICENCE = "Made here, on the fly; free to use."
MADE_UP = True
UNITS: dict[str, str] = {}
ORDER = 2
DIMENSIONS = 4
MOST_TASKS = 5
PER_TASK = ("noise", "labels")
START = {
    "split": {"validation": 0.3, "test": 0.3},
    "network": {"trunk": [{"width": 64}, {"width": 64}], "towers": {"*": [{"width": 16}]}},
    "training": {"learning_rate": 0.003, "batch_size": 64, "epochs": 100},
}
LABELS = {f"x{i + 1}": "One of four inputs, drawn evenly from -1 to 1." for i in range(DIMENSIONS)}


class Params(Base):
    tasks: int = param(2, "How many tasks.", title="Tasks", step=1, ge=2, le=MOST_TASKS)
    correlation: float = param(
        0.8,
        "How alike the true functions are: 1 the same, 0 nothing in common, -1 opposite.",
        formula=r"f_k = c\,g_1 + \sqrt{1-c^2}\,g_k",
        title="Correlation with the first task",
        step=0.1,
        ge=-1.0,
        le=1.0,
    )
    noise: tuple[Annotated[float, Field(ge=0.0, le=2.0)], ...] = param(
        (0.1,) * MOST_TASKS,
        "How far this task's labels stray from its true function, whose own spread is 1.",
        title="Noise",
        step=0.05,
        min_length=1,
        max_length=MOST_TASKS,
    )
    labels: tuple[Annotated[int, Field(ge=10, le=100_000)], ...] = param(
        (1000, *(150,) * (MOST_TASKS - 1)),
        "How many rows have a label for this task; as many as there are rows: all.",
        title="Labels",
        step=10,
        min_length=1,
        max_length=MOST_TASKS,
    )
    rows: int = param(1000, "How many rows to draw.", title="Rows", step=100, ge=50, le=100_000)
    seed: int = param(0, "Another number draws other functions and rows.", title="Seed of the rows", step=1, ge=0, lt=2**31)

    def items(self, name: str) -> tuple[str, ...]:
        return tuple(tasks(self)) if name in PER_TASK else ()

    def most(self, name: str) -> float | None:
        return self.rows if name == "labels" else None


def inputs(params: Params) -> dict[str, Kind]:
    return {f"x{i + 1}": "number" for i in range(DIMENSIONS)}


def tasks(params: Params) -> dict[str, TaskKind]:
    return {f"task {letter}": "regression" for letter in "ABCDE"[: params.tasks]}


def truth(params: Params, x: np.ndarray) -> np.ndarray:
    """The tasks' true values `[row, task]`, without noise, at inputs `x` `[row, 4]`."""
    rng = np.random.default_rng([params.seed, 1])
    waves = np.array([w for w in product((-1, 0, 1), repeat=DIMENSIONS) if w > (0,) * DIMENSIONS and np.abs(w).sum() <= 2])
    chosen = rng.permutation(waves)[: 2 * params.tasks]
    phases = rng.uniform(0, 2 * np.pi, len(chosen))
    pairs = np.sin(np.pi * x @ chosen.T + phases).reshape(len(x), params.tasks, 2)
    bases = pairs.sum(axis=2)
    found = params.correlation * bases[:, :1] + np.sqrt(1 - params.correlation**2) * bases
    found[:, 0] = bases[:, 0]
    return found


def table(params: Params) -> pd.DataFrame:
    rng = np.random.default_rng([params.seed, 0])
    x = rng.uniform(-1, 1, (params.rows, DIMENSIONS))
    y = truth(params, x)
    y += rng.standard_normal(y.shape) * _spread(params.noise, params.tasks)
    for task, count in enumerate(_spread(params.labels, params.tasks)):
        y[rng.permutation(params.rows)[count:], task] = np.nan
    return pd.DataFrame(np.hstack([x, y]), columns=[*inputs(params), *tasks(params)])


def _spread(values: tuple, tasks: int) -> tuple:
    """One value per task: the last one given holds for the rest."""
    return (*values, *values[-1:] * tasks)[:tasks]

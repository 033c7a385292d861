"""Points drawn on a board, with answers to up to three tasks, some or all of them. Knows nothing of boards or networks."""

import unicodedata
from typing import Annotated, Literal

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, model_validator

from core.errors import UserError
from core.experiment import Kind, TaskKind
from core.registry import Params as Base
from core.registry import param

TITLE = "Draw your own"
HELP = "One or two inputs, and up to three tasks whose points you draw yourself."
STORY = (
    "Points with one or two inputs, drawn by hand: you find the board on the page Data. Each may answer one task, several "
    "or all; those without an answer to one still train the others. Draw what you want to see learned, and press Play."
)
LICENCE = "Yours: the points are those you draw."
MADE_UP = False
DRAWN = "Draw on the page Data"
UNITS: dict[str, str] = {}
LABELS = {"x": "Left to right.", "y": "Bottom to top."}
ORDER = 4
START = {
    "network": {
        "trunk": [{"width": 16, "activation": {"name": "tanh"}}, {"width": 16, "activation": {"name": "tanh"}}],
        "towers": {"*": [{"width": 8, "activation": {"name": "tanh"}}]},
    },
    "training": {"learning_rate": 0.01, "batch_size": 32, "epochs": 200},
}

AXES = ("x", "y")
CLASSES = "ABCDE"
MOST_TASKS, MOST_POINTS, LONGEST = 3, 2_000, 40
FEW = 30
"""Of fewer points all train: there are too few to hold some back."""
HIDDEN = ("inputs", "tasks", "drawn")

Cell = Annotated[float, Field(strict=True, ge=-1.0, le=len(CLASSES) - 1)] | None
Point = Annotated[tuple[Cell, ...], Field(min_length=3, max_length=2 + MOST_TASKS)]
"""x, y, and an answer for each task, None where there is none: the number of a class, or a value. All but classes: -1 to 1."""


class DrawnTask(BaseModel):
    """What a point may answer: one of `classes` classes, or a value."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
    name: str = Field(max_length=LONGEST)
    kind: Literal["classes", "value"] = "classes"
    classes: int = Field(2, ge=2, le=len(CLASSES))


def _example() -> tuple[Point, ...]:
    """Two arcs that reach into each other; which one and which half of the picture. Every fifth lacks one of the answers."""
    found: list[Point] = []
    rng = np.random.default_rng(3)
    for number, turn in enumerate(np.linspace(0.05, 0.95, 48) * np.pi):
        for arc, side in enumerate((1.0, -1.0)):
            across = side * (0.6 * np.cos(turn) - 0.3) + 0.05 * rng.standard_normal()
            along = side * (0.75 * np.sin(turn) - 0.2) + 0.05 * rng.standard_normal()
            which = None if number % 5 == 4 and arc else arc
            half = None if number % 5 == 2 and not arc else int(across > 0)
            found.append((round(float(across), 3), round(float(along), 3), which, half))
    return tuple(found)


class Params(Base):
    inputs: Literal[1, 2] = param(2, "One input, x, or two, x and y.")
    tasks: tuple[DrawnTask, ...] = param(
        (DrawnTask(name="arc"), DrawnTask(name="side")), "What points may answer.", min_length=1, max_length=MOST_TASKS
    )
    drawn: tuple[Point, ...] = param(_example(), "The points: x, y, an answer for each task.", max_length=MOST_POINTS)

    @model_validator(mode="after")
    def names_are_names(self) -> "Params":
        known = [*AXES]
        for name in (task.name for task in self.tasks):
            if name != name.strip() or not name or any(unicodedata.category(letter)[0] == "C" for letter in name):
                raise UserError("The name of a task should be a word or two.", repr(name)[:60], "Type another.")
            if name in known:
                raise UserError(
                    "The names of tasks should differ from each other, and from x and y.", f"“{name}” twice", "Type another."
                )
            known.append(name)
        return self

    @model_validator(mode="after")
    def points_are_points(self) -> "Params":
        for number, (x, y, *answers) in enumerate(self.drawn, 1):
            if len(answers) != len(self.tasks):
                raise UserError(
                    f"A point should have {len(self.tasks)} answers, one a task, or none in their place.",
                    f"{len(answers)} at point {number:,}",
                    "Draw it anew.",
                )
            if x is None or (y is None and self.inputs == 2):
                raise UserError("A point should have a place.", f"none at point {number:,}", "Draw it anew.")
            if max(x, y or 0.0) > 1:
                raise UserError("Points should lie from -1 to 1.", f"point {number:,} at {x:g}, {y or 0:g}", "Draw it anew.")
            if all(answer is None for answer in answers):
                raise UserError("A point should answer a task.", f"none at point {number:,}", "Take it out, or draw it anew.")
            for task, answer in zip(self.tasks, answers, strict=True):
                _check_answer(task, answer)
        return self


def _check_answer(task: DrawnTask, answer: float | None) -> None:
    if answer is None:
        return
    if task.kind == "value":
        if answer > 1:
            raise UserError(f"Values of “{task.name}” should be from -1 to 1.", f"{answer:g}", "Draw the point anew.")
    elif answer not in range(task.classes):
        expected = f"Classes of “{task.name}” should have a number from 0 to {task.classes - 1}."
        raise UserError(expected, f"{answer:g}", "Draw the point anew.")


def inputs(params: Params) -> dict[str, Kind]:
    return dict.fromkeys(AXES[: params.inputs], "number")


def tasks(params: Params) -> dict[str, TaskKind]:
    return {task.name: _kind(task) for task in params.tasks}


def _kind(task: DrawnTask) -> TaskKind:
    if task.kind == "value":
        return "regression"
    return "binary" if task.classes == 2 else "multiclass"


def table(params: Params) -> pd.DataFrame:
    columns = list(zip(*params.drawn, strict=True)) or [()] * (2 + len(params.tasks))
    made = {axis: pd.Series(cells, dtype=float) for axis, cells in zip(AXES[: params.inputs], columns, strict=False)}
    for task, answers in zip(params.tasks, columns[2:], strict=True):
        if task.kind == "value":
            made[task.name] = pd.Series(answers, dtype=float)
        else:
            names = [np.nan if answer is None else CLASSES[int(answer)] for answer in answers]
            made[task.name] = pd.Series(names, dtype=object)
    return pd.DataFrame(made)


def always(params: Params) -> int:
    return len(params.drawn) if len(params.drawn) < FEW else 0

"""Task columns into answers. Knows nothing of inputs; of splits only which rows train."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import torch

from core.data.dataset import Target
from core.data.inputs import check_numbers
from core.data.values import codes, has_decimal_commas, levels, no_first, numbers, texts
from core.errors import UserError
from core.experiment import MAX_CLASSES, Data, Task

COMMAS = "Read the file with a decimal comma, or choose another column."


@dataclass(frozen=True)
class Answers:
    """One task's column, before any split. values: `[row]` float64 (regression, NaN where missing) or class numbers (-1)."""

    task: Task
    values: np.ndarray
    classes: tuple[str, ...]

    @property
    def labelled(self) -> np.ndarray:
        return ~np.isnan(self.values) if self.task.kind == "regression" else self.values >= 0

    @property
    def strata(self) -> np.ndarray:
        """What a split should share out evenly: classes, or for regression which rows have a label."""
        return self.labelled.astype(np.int64) - 1 if self.task.kind == "regression" else self.values

    def rows(self, kept: np.ndarray) -> "Answers":
        return Answers(self.task, self.values[kept], self.classes)


def _alike(known: np.ndarray) -> str:
    return f"one row, with {known[0]:g}" if len(known) == 1 else f"{known[0]:g} in all {len(known):,} rows"


def answers(task: Task, data: Data, frame: pd.DataFrame) -> Answers:
    """The task's column. Raises `UserError` when there is nothing to learn in it, or it does not fit the task's kind."""
    name, marks = task.column, data.marks(task.column)
    if task.kind == "regression":
        if not pd.api.types.is_numeric_dtype(frame[name].dtype) and has_decimal_commas(pd.unique(frame[name].dropna())):
            raise UserError(f"The task “{name}” should hold numbers.", "texts like numbers with a decimal comma", COMMAS)
        check_numbers(frame[name], marks)
        values = numbers(frame[name], marks)
        known = values[~np.isnan(values)]
        if not len(known) or known.min() == known.max():
            found = _alike(known) if len(known) else "no numbers"
            raise UserError(f"The task “{name}” should have different values.", found, "Choose another column to predict.")
        return Answers(task, values, ())
    cells = texts(frame[name], marks)
    classes = levels(cells)
    if len(classes) < 2:
        found = f"one class, “{classes[0]}”" if classes else "no labels"
        raise UserError(f"The task “{name}” should have at least two classes.", found, "Choose another column to predict.")
    if task.kind == "binary" and len(classes) > 2:
        raise UserError(
            f"The task “{name}” should have two classes to be a yes/no task.",
            f"{len(classes)}: {', '.join(classes[:5])}{' …' if len(classes) > 5 else ''}",
            "Choose multi-class for it, or name the values that mean missing.",
        )
    if len(classes) > MAX_CLASSES:
        expected = f"The task “{name}” should have at most {MAX_CLASSES} classes."
        if has_decimal_commas(classes):
            raise UserError(expected, f"{len(classes):,}, which look like numbers with a decimal comma ({classes[-1]})", COMMAS)
        raise UserError(expected, f"{len(classes):,}", "Choose regression if they are amounts, or another column.")
    if task.kind == "binary":
        classes = no_first(classes)
    if task.order:
        place = {name: number for number, name in enumerate(task.order)}
        classes = tuple(sorted(classes, key=lambda name: place.get(name, len(place))))
    return Answers(task, codes(cells, classes), classes)


def target(found: Answers, trains: Sequence[np.ndarray]) -> Target:
    """Tensors of the answers, one split per entry of `trains` (row numbers). Raises `UserError` when a split trains on none."""
    task, labelled = found.task, found.labelled
    for rows in trains:
        if not labelled[rows].any():
            raise UserError(
                f"The task “{task.column}” should have labels among the training rows.",
                f"{labelled.sum():,} labels in all, none of them there",
                "Give training a larger share, or choose another seed.",
            )
    mean, scale = np.zeros(len(trains)), np.ones(len(trains))
    if task.kind == "regression":
        for place, rows in enumerate(trains):
            known = found.values[rows][labelled[rows]]
            mean[place], scale[place] = known.mean(), known.std() or 1.0
        standardised = (found.values - mean[:, None]) / scale[:, None]
        values = torch.from_numpy(np.where(labelled, standardised, 0.0).astype(np.float32))
    else:
        dtype = np.float32 if task.kind == "binary" else np.int64
        values = torch.from_numpy(np.where(labelled, found.values, 0).astype(dtype)).expand(len(trains), -1)
    return Target(
        column=task.column,
        kind=task.kind,
        values=values,
        labelled=torch.from_numpy(labelled.copy()),
        mean=torch.tensor(mean, dtype=torch.float32),
        scale=torch.tensor(scale, dtype=torch.float32),
        classes=found.classes,
    )

"""Rows of a run's table on their way through its network: what `core.training.walkthrough` tells, with the table's cells.

Knows nothing of pages; a pure function of what it carries and of stored files, for a worker to do.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import torch

from core.data.dataset import Dataset
from core.data.source import table_of
from core.data.store import Store
from core.errors import UserError
from core.experiment import Experiment
from core.runs.slice import prepared
from core.training.advance import Record
from core.training.checkpoint import unpack
from core.training.walkthrough import MOST, walkthrough

CELLS, LETTERS = 24, 240
"""The most columns of the table that are told beside the numbers, and letters of a cell."""


def inside(
    checkpoint: bytes,
    folder: str,
    rows: Sequence[int],
    onward: int,
    lane: int,
    weights: Sequence[float],
    asked: int | None = None,
    back: bool = True,
) -> dict[str, Any]:
    """A walk (see `core.training.walkthrough`), and with it `table`: per row `number`, `part` and `cells`; `of`: how many rows
    there are; `step`: where training stands.

    rows: of the table, counted from 0; onward: 0, or how many rows that have an answer to take from the first of them on.
    Raises `UserError` for rows and networks that there are not.
    """
    point = unpack(checkpoint)
    experiment = point.experiment
    dataset, _ = prepared(experiment, folder)
    frame = table_of(experiment.data, Store(folder)).frame
    taken = chosen(dataset, len(frame), rows, onward)
    if not 0 <= lane < experiment.lanes:
        raise UserError(f"A network should be from 1 to {experiment.lanes}.", f"{lane + 1}", "Choose one of these.")
    walk = walkthrough(point, dataset, taken, lane, weights, asked, back)
    numbers = taken if dataset.origin is None else dataset.origin[taken].tolist()
    lines = [
        {"number": number + 1, "part": part_of(dataset, place, lane), "cells": cells(experiment, frame.iloc[number])}
        for number, place in zip(numbers, taken, strict=True)
    ]
    return {**walk, "table": lines, "of": len(frame), "step": point.step}


def chosen(dataset: Dataset, count: int, rows: Sequence[int], onward: int) -> list[int]:
    """The numbers in the dataset of rows of the table. Rows without any answer are in no dataset."""
    origin = torch.arange(dataset.features.shape[1]) if dataset.origin is None else dataset.origin
    if not rows or not all(0 <= row < count for row in rows):
        wrong = next((f"{row + 1:,}" for row in rows if not 0 <= row < count), "none")
        raise UserError(f"A row should be from 1 to {count:,}.", wrong, "Choose one of these.")
    if onward:
        later = (origin >= rows[0]).nonzero().flatten()[: min(onward, MOST)]
        return (later if len(later) else torch.arange(min(onward, MOST, len(origin)))).tolist()
    if len(rows) > MOST:
        raise UserError(f"At most {MOST} rows should go through at a time.", f"{len(rows)}", "Choose fewer.")
    places = {number: place for place, number in enumerate(origin.tolist())}
    found = [places[row] for row in rows if row in places]
    if not found:
        raise UserError("A row should have an answer to some task.", f"row {rows[0] + 1:,} has none", "Choose another row.")
    return found


def part_of(dataset: Dataset, place: int, lane: int) -> str:
    """Where a row went in a network's own split: "train", "validation", "test" or ""."""
    for part in ("train", "validation", "test"):
        rows = dataset.rows(part)
        if bool((rows[min(lane, len(rows) - 1)] == place).any()):
            return part
    return ""


def cells(experiment: Experiment, line: pd.Series) -> dict[str, str]:
    """A row's inputs as the table has them."""
    made = {}
    for name in list(experiment.data.inputs)[:CELLS]:
        value = line[name]
        text = "" if pd.isna(value) else f"{value:.6g}" if isinstance(value, float) else str(value)
        made[name] = text if len(text) <= LETTERS else f"{text[:LETTERS]}…"
    return made


def weights_of(record: Record, replicas: int, lane: int) -> list[float]:
    """The weights of the tasks that a record tells of one network."""
    told = record["weights"] if lane < replicas else record["twin"]["weights"]
    return [float(weight) for weight in told[lane % replicas]]

"""One row asked by hand: what a form for it needs, a row of the table to start from, and what the network answers.

Knows nothing of widgets. All are pure functions of what they carry and of stored files, for a worker to do.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import torch
from torch import Tensor

from core.data.dataset import Target
from core.data.inputs import MISSING, Column, columns_of
from core.data.mends import answered, asked
from core.data.remember import heed, remembered
from core.data.source import load, table_of
from core.data.store import Store
from core.data.text import UNKNOWN, joined
from core.data.values import LARGEST, label, numbers, texts
from core.errors import UserError
from core.experiment import Data, Experiment, Kind
from core.network.layer import Pass
from core.runs.slice import prepared
from core.training.advance import parameters_of
from core.training.checkpoint import unpack
from core.training.evaluate import answers, outputs_of
from core.training.metrics import probabilities

EXACT = 2.0**53  # browsers count in float64: beyond this, whole numbers have gaps

Row = dict[str, float | str | None]
Band = dict[str, float]
"""Over replicas: `{"mean", "low", "high"}`."""


@dataclass(frozen=True)
class Field:
    """One input as a form asks for it.

    levels: what a category or yes-no may be (no first); gaps: it may be left open; low, high, step, whole: of numbers in
    the table (whole: none has a fraction); usual: the median, the most frequent level, or the first text.
    """

    column: str
    kind: Kind
    levels: tuple[str, ...]
    gaps: bool
    usual: float | str | None
    low: float = 0.0
    high: float = 0.0
    step: float = 1.0
    whole: bool = False


@dataclass(frozen=True)
class Form:
    """fields: the inputs in order; rows: how many rows the table has to start from."""

    fields: tuple[Field, ...]
    rows: int

    @property
    def usual(self) -> Row:
        """A row of medians and of the most frequent levels."""
        return {field.column: field.usual for field in self.fields}


@dataclass(frozen=True)
class Example:
    """A row of the table. part: "train", "validation", "test" or "" (left out); answers: by task, None where unknown."""

    values: Row
    part: str
    answers: dict[str, float | str | None]


def form(data: Data, folder: str) -> Form:
    """What to ask for. Raises `UserError` where a column is not of its kind."""
    heed(folder)
    return _form(data.model_dump_json(), folder if data.source.kind == "file" else "")


def example(experiment: Experiment, folder: str, number: int) -> Example:
    """The row `number` of the table, counted from 0. Raises `UserError` when there is none."""
    store = Store(folder)
    frame = table_of(experiment.data, store).frame
    if not 0 <= number < len(frame):
        raise UserError(f"A row should be from 1 to {len(frame):,}.", f"{number + 1:,}", "Choose one of these.")
    dataset, _ = prepared(experiment, folder)
    one = asked(load(experiment.data.source, store).frame, experiment.data).iloc[[frame.index[number]]]
    columns = {**experiment.data.inputs, **{task.column: task.kind for task in experiment.tasks}}
    cells = {name: _cell(one[name], kind, experiment.data.marks(name)) for name, kind in columns.items()}
    values = {name: cells[name] for name in experiment.data.inputs}
    for field in form(experiment.data, folder).fields:
        if values[field.column] is None and MISSING in field.levels:
            values[field.column] = MISSING
    return Example(values, _part(dataset, number), {column: cells[column] for column in experiment.columns})


@torch.inference_mode()
def predict(checkpoint: bytes, folder: str, row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What a checkpoint's network says of one row, task by task.

    row: a value for every input, in the table's units and words; None where it is not known and the column has gaps.
    Each task has `column` and `kind`, and with every number a band over replicas:

    - regression: `standardised` as the network gives it, `value` in the column's units;
    - classes: `classes`, `logits` (one a class; of binary one, of yes), `probabilities` one a class, and `answer`, the
      number of the likeliest class.

    Both are what the loss takes the outputs for: of a Poisson one a rate, of an ordinal one the logarithms of probabilities.

    Raises `UserError` for a row that does not fit the columns.
    """
    point = unpack(checkpoint)
    experiment = point.experiment
    dataset, _ = prepared(experiment, folder)
    frame = answered(pd.DataFrame([_checked(row, form(experiment.data, folder))]), experiment.data)
    network, parameters = parameters_of(point, dataset)
    run = Pass(parameters, point.buffers)
    outputs = outputs_of(network, run, dataset.encode(frame), experiment.lanes)
    outputs = answers(experiment, dataset, outputs)
    return [_told(target, output[: experiment.replicas, 0]) for target, output in zip(dataset.targets, outputs, strict=True)]


@dataclass(frozen=True)
class Heard:
    """What of a row's texts reaches the network. words: in all, of which the first `read` are read; unknown: those among them
    that no training row has, each once."""

    words: int
    read: int
    unknown: tuple[str, ...]


def heard(checkpoint: bytes, folder: str, row: Mapping[str, Any]) -> Heard | None:
    """Of the first split; None where no input is a text. Raises `UserError` as `predict` does."""
    experiment = unpack(checkpoint).experiment
    if not experiment.texts:
        return None
    dataset, _ = prepared(experiment, folder)
    frame = answered(pd.DataFrame([_checked(row, form(experiment.data, folder))]), experiment.data)
    found = joined(frame, [(name, experiment.data.marks(name)) for name in experiment.texts])[0]
    read = found[: experiment.network.text.tokens]
    numbers = dataset.encode(frame)[0, 0, len(dataset.feature_names) :].tolist()
    unknown = [word for word, number in zip(read, numbers, strict=False) if number == UNKNOWN]
    return Heard(len(found), len(read), tuple(dict.fromkeys(unknown)))


def decide(task: Mapping[str, Any], threshold: float = 0.5) -> str:
    """The class that a task answers; a binary one says yes from a probability of `threshold` on."""
    if task["kind"] == "binary":
        return task["classes"][int(task["probabilities"][1]["mean"] >= threshold)]
    return task["classes"][task["answer"]]


@remembered(maxsize=16)
def _form(data: str, folder: str) -> Form:
    parsed = Data.model_validate_json(data)
    frame = asked(load(parsed.source, Store(folder)).frame, parsed)
    return Form(tuple(_field(column, frame[column.name]) for column in columns_of(parsed, frame)), len(frame))


def _field(column: Column, cells: pd.Series) -> Field:
    if column.kind == "text":
        known = pd.Series(texts(cells, column.marks), dtype=object).dropna()
        return Field(column.name, "text", (), column.gaps, str(known.iloc[0]) if len(known) else None)
    if column.kind != "number":
        known = pd.Series(texts(cells, column.marks), dtype=object).dropna()
        usual = str(known.mode().iloc[0]) if len(known) else None
        if usual is not None and usual not in column.levels:
            usual = column.levels[0]
        return Field(column.name, column.kind, column.levels, column.gaps, usual)
    found = numbers(cells, column.marks)
    found = found[~np.isnan(found)]
    if not len(found):
        return Field(column.name, "number", (), True, None)
    low, high, middle = float(found.min()), float(found.max()), float(np.median(found))
    whole = bool((found == np.round(found)).all()) and max(abs(low), abs(high)) < EXACT
    center = float(round(middle)) if whole else float(f"{middle:.4g}")
    step = 1.0 if whole else 10.0 ** math.floor(math.log10((high - low or abs(high) or 1.0) / 10))
    return Field(column.name, "number", (), column.gaps, center, low, high, step, whole)


def _cell(cells: pd.Series, kind: str, marks: tuple[float | str, ...]) -> float | str | None:
    if kind in ("number", "regression"):
        number = float(numbers(cells, marks)[0])
        return None if math.isnan(number) else number
    return texts(cells, marks)[0]


def _part(dataset: Any, number: int) -> str:
    """Where a row of the table went, in the first split."""
    place = (dataset.origin == number).nonzero().flatten() if dataset.origin is not None else torch.tensor([number])
    parts = ("train", "validation", "test")
    return next((part for part in parts if len(place) and bool((dataset.rows(part)[0] == place[0]).any())), "")


def _checked(row: Mapping[str, Any], wanted: Form) -> Row:
    """The row, every value fit for its column."""
    return {field.column: _value(field, row.get(field.column)) for field in wanted.fields}


def _value(field: Field, value: Any) -> float | str | None:
    if value is None or value == "":
        if not field.gaps and field.kind == "text":
            expected = f"“{field.column}” should have words: the table has some in every row."
            raise UserError(expected, "nothing", "Type a sentence.")
        if not field.gaps:
            raise UserError(f"“{field.column}” should have a value: the table has one in every row.", "nothing", "Fill it in.")
        return MISSING if MISSING in field.levels else None
    if field.kind == "number":
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = math.nan
        if not abs(number) <= LARGEST:
            raise UserError(f"“{field.column}” should be a number.", f"{value!r:.40}", f"Try {field.usual}.")
        return number
    if field.kind == "yes-no" and label(value) not in field.levels:
        known = " or ".join(field.levels)
        raise UserError(f"“{field.column}” should be {known}.", f"“{value!s:.40}”", "Choose one of these.")
    return label(value)


def _told(target: Target, output: Tensor) -> dict[str, Any]:
    """output `[replica, output]`."""
    told: dict[str, Any] = {"column": target.column, "kind": target.kind}
    if target.kind == "regression":
        return told | {"standardised": _band(output[:, 0]), "value": _band(target.to_units(output[:, 0]))}
    chances = probabilities(target.kind, output)
    if target.kind == "binary":
        chances = torch.cat([torch.sigmoid(-output), chances], 1)
    return told | {
        "classes": list(target.classes),
        "logits": [_band(each) for each in output.unbind(1)],
        "probabilities": [_band(each) for each in chances.unbind(1)],
        "answer": int(chances.mean(0).argmax()),
    }


def _band(values: Tensor) -> Band:
    """values `[replica]`."""
    return {"mean": float(values.double().mean()), "low": float(values.min()), "high": float(values.max())}

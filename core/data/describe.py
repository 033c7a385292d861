"""Sentences about how a table will be used: who trains on which rows, what is filled in. Knows nothing of tensors."""

import numpy as np
import pandas as pd

from core.data.dataset import Table
from core.data.reach import inside_of
from core.data.targets import Answers, answers
from core.data.text import joined
from core.data.values import numbers, texts
from core.errors import UserError
from core.experiment import Experiment

MOST, LONG = 6, 64
"""LONG: rows of fewer words hold nothing up."""
FILLED = {
    "number": "the median of the training rows fills in, and a feature of its own says so",
    "yes-no": "the more frequent answer fills in, and a feature of its own says so",
    "category": "“missing” counts as a value of its own",
    "text": "it is read as a text without words",
}


def describe(experiment: Experiment, table: Table) -> list[str]:
    """What is worth knowing before training, such as "486 of 920 rows have no thal; they still train target."

    Columns that `prepare` would refuse are passed over here: it says so itself. Of mends `core.data.findings` speaks.
    """
    found = []
    for task in experiment.tasks:
        try:
            found.append(answers(task, experiment.data, table.frame))
        except (UserError, KeyError):
            continue
    return [
        *_labels(found, len(table.frame)), *_inputs(experiment, table), *_texts(experiment, table), *_range(experiment, table)
    ]  # fmt: skip


def _texts(experiment: Experiment, table: Table) -> list[str]:
    """What is read as one, what of texts is not read (words of long rows, words that are too rare), and what holds it up."""
    text, data = experiment.network.text, experiment.data
    names = [name for name in experiment.texts if name in table.frame]
    if not names:
        return []
    rows = joined(table.frame, [(name, data.marks(name)) for name in names])
    long = sum(len(row) > text.tokens for row in rows)
    different = len({word for row in rows for word in row[: text.tokens]})
    sentences, most = [], max(map(len, rows), default=0)
    if len(names) > 1:
        sentences.append(f"{_listed(names)} are read as one text, one after the other.")
    if long:
        sentences.append(
            f"{long:,} of {len(rows):,} rows have more than {text.tokens:,} words in {_listed(names)}, up to {most:,}: "
            "what comes after is cut."
        )
    usual = int(np.percentile([len(row) for row in rows], 95)) if rows else 0
    if min(most, text.tokens) > max(LONG, 2 * usual):
        sentences.append(
            f"Nineteen of twenty rows have at most {usual:,} words in {_listed(names)}, and every batch takes as long as its "
            f"longest row: reading {max(usual, 1):,} words of a row (on the page Network) would be much faster."
        )
    if different > text.words:
        sentences.append(
            f"There are {different:,} different words in {_listed(names)}: the {text.words:,} most frequent of the training "
            "rows count, the others as unknown."
        )
    return sentences


def _range(experiment: Experiment, table: Table) -> list[str]:
    reach = experiment.data.split.learn_from
    try:
        beyond = int((~inside_of(experiment.data, table.frame)).sum())
    except (UserError, KeyError):
        return []
    if reach is None or not beyond:
        return []
    rows = f"{beyond:,} of {len(table.frame):,} rows lie outside {reach[0]:g} to {reach[1]:g}"
    return [f"{rows}: they are neither trained on nor scored."]


def _labels(found: list[Answers], rows: int) -> list[str]:
    if not found:
        return []
    sentences = []
    labelled = np.stack([each.labelled for each in found])
    if without := int((~labelled.any(axis=0)).sum()):
        sentences.append(f"{without:,} of {rows:,} rows have no label for any task and are left out.")
    for place, each in enumerate(found):
        others = (~labelled[place]) & labelled
        helped = [other.task.column for other, trains in zip(found, others, strict=True) if trains.any()]
        if helped:
            still = int(others.any(axis=0).sum())
            sentences.append(f"{still:,} of {rows:,} rows have no {each.task.column}; they still train {_listed(helped)}.")
    if classes := [each.task.column for each in found if each.task.kind != "regression"]:
        sentences.append(f"The classes of {_listed(classes)} are shared out evenly over training, validation and test.")
    return sentences


def _inputs(experiment: Experiment, table: Table) -> list[str]:
    """How gaps are filled in, a sentence for each way."""
    gaps: dict[str, list[str]] = {kind: [] for kind in FILLED}
    for name, kind in experiment.data.inputs.items():
        if name not in table.frame:
            continue
        marks = experiment.data.marks(name)
        if kind == "number":
            count = int(np.isnan(numbers(table.frame[name], marks)).sum())
        else:
            count = int(pd.isna(texts(table.frame[name], marks)).sum())
        if count:
            gaps[kind].append(f"{name} ({count:,} rows)")
    return [f"Missing in {_listed(_few(names))}: {FILLED[kind]}." for kind, names in gaps.items() if names]


def _few(names: list[str]) -> list[str]:
    return names if len(names) <= MOST else [*names[: MOST - 1], f"{len(names) - MOST + 1:,} more"]


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"

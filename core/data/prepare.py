"""A table and a document into tensors: checks, splits, fits, encodes. Knows nothing of where the table came from.

The same document and table give the same tensors. Rows without a label for any task are left out; rows without one
for some tasks train the others.
"""

import numpy as np
import pandas as pd
import torch

from core.data.dataset import Dataset, Table
from core.data.inputs import apart, columns_of, feature_names, fit, matrix, whole
from core.data.reach import check_reach, inside_of
from core.data.split import Rows, deal
from core.data.targets import answers, target
from core.data.text import FIRST, Words, joined, vocabulary
from core.errors import UserError
from core.experiment import Experiment

MIN_ROWS = 10
MAX_CELLS = 100_000_000  # features over all rows and splits: 400 MB of float32
CHUNK = 20_000  # rows encoded at a time, so that scikit-learn's float64 never stands beside the whole


def prepare(experiment: Experiment, table: Table) -> Dataset:
    """The tensors that `experiment` trains on.

    Raises `UserError` when nothing is to be predicted or to predict from, columns are not in the table or do not fit
    their kind, a task has nothing to learn, or there are too few rows or too many cells.
    """
    data, frame = experiment.data, table.frame
    _check(experiment, frame)
    if table.drawn:
        _check_points(experiment, frame, table.drawn)
    found = [answers(task, data, frame) for task in experiment.tasks]
    kept = np.flatnonzero(np.any([each.labelled for each in found], axis=0))
    if len(kept) < MIN_ROWS and not table.drawn:
        raise UserError(
            f"A table should have at least {MIN_ROWS} rows with a label.", f"{len(kept)}", "Choose other tasks, or add rows."
        )
    always = int((kept >= len(frame) - table.always).sum())
    if len(kept) < len(frame):
        frame, found = frame.iloc[kept], [each.rows(kept) for each in found]

    inside = inside_of(data, frame)
    lanes = experiment.lanes if data.split.vary else 1
    seeds = [(experiment.seed, lane % experiment.replicas) for lane in range(lanes)]
    splits = deal([each.strata for each in found], always, inside, data.split, seeds)
    if data.split.learn_from:
        check_reach(splits, found)

    columns, texts = apart(columns_of(data, frame))
    names = feature_names(columns)
    written, readers = _read(experiment, frame, tuple((each.name, each.marks) for each in texts), splits)
    longest = max(1, *map(len, written)) if texts else 0
    width = len(names) + min(longest, experiment.network.text.tokens)
    if width * len(kept) * lanes > MAX_CELLS:
        raise UserError(
            f"Features should be at most {MAX_CELLS:,} numbers in all.",
            f"{len(kept):,} rows x {width:,} features x {lanes} splits",
            f"Use fewer columns or rows, {'read fewer words a row, ' if texts else ''}or let all replicas share one split.",
        )
    cells = matrix(frame, columns)
    fitted = [fit(cells, columns, rows.train) for rows in splits]
    features = torch.empty(lanes, len(kept), width)
    for place, reader in enumerate(readers):
        features[place, :, len(names) :] = torch.from_numpy(reader.of(written))
    for place, each in enumerate(fitted):
        for first in range(0, len(kept), CHUNK):
            part = each.transform(cells[first : first + CHUNK])
            features[place, first : first + CHUNK, : len(names)] = torch.from_numpy(
                np.ascontiguousarray(part, dtype=np.float32)
            )
    return Dataset(
        features=features,
        targets=tuple(target(each, [rows.train for rows in splits]) for each in found),
        train=_stack([rows.train for rows in splits]),
        validation=_stack([rows.validation for rows in splits]),
        test=_stack([rows.test for rows in splits]),
        feature_names=names,
        transforms=tuple(whole(columns, each, readers[place] if readers else None) for place, each in enumerate(fitted)),
        origin=torch.from_numpy(kept.astype(np.int64)),
        outside=_stack([np.flatnonzero(~inside)] * lanes),
        words=max((FIRST + len(reader.vocabulary) for reader in readers), default=0),
    )


def _read(experiment: Experiment, frame: pd.DataFrame, texts: tuple, splits: list[Rows]) -> tuple[list[list[str]], list[Words]]:
    """Each row's words, and for each split what numbers them by those of its training rows; nothing without texts."""
    if not texts:
        return [], []
    text, written = experiment.network.text, joined(frame, texts)
    readers = [
        Words(texts, vocabulary((written[row][: text.tokens] for row in rows.train), text.words), text.tokens)
        for rows in splits
    ]
    return written, readers


def _stack(rows: list[np.ndarray]) -> torch.Tensor:
    return torch.from_numpy(np.stack(rows).astype(np.int64))


def _check_points(experiment: Experiment, frame: pd.DataFrame, how: str) -> None:
    """Raises `UserError` while a person's points are too few to learn from. how: to add points, such as "Click here"."""
    needs = "A network should have points to learn from"
    if not len(frame):
        raise UserError(f"{needs}.", "none", f"{how} to add points.")
    if len(frame) == 1:
        raise UserError(f"{needs}, at least two.", "one", f"{how} once more, further left or right.")
    inputs = experiment.data.inputs
    for name, cure in zip(inputs, ("further left or right", "higher or lower"), strict=False):
        _differ(frame[name], f"{how}, {cure}.")
    for task in experiment.tasks:
        name, answers = task.column, frame[task.column].dropna()
        if not len(answers):
            raise UserError(f"The task “{name}” should have points.", "none", f"{how}, with this task chosen.")
        if task.kind == "regression":
            _differ(answers, f"{how}, {'higher or lower' if len(inputs) == 1 else 'with another value'}.")
        elif answers.nunique() == 1:
            expected = f"The points of “{name}” should be of at least two classes."
            raise UserError(expected, f"one, {answers.iloc[0]}", f"{how}, with another class.")


def _differ(column: pd.Series, cure: str) -> None:
    if column.nunique() == 1:
        raise UserError(f"The points should differ in {column.name}.", f"all at {column.name} = {column.iloc[0]:g}", cure)


def check_roles(experiment: Experiment) -> None:
    """Raises `UserError` where nothing is to be predicted, or to predict from: known before any table is read."""
    if not experiment.tasks:
        raise UserError(
            "There should be at least one task.", "none", "Mark a column as a task: the network learns to predict it."
        )
    if not experiment.data.inputs:
        raise UserError(
            "There should be at least one input.", "none", "Mark a column as an input: it is what the network sees."
        )


def _check(experiment: Experiment, frame: pd.DataFrame) -> None:
    check_roles(experiment)
    used = (*experiment.data.inputs, *experiment.columns, *experiment.data.missing)
    if absent := [column for column in used if column not in frame]:
        raise UserError(
            f"Columns should be among those of the table: {', '.join(map(str, frame.columns[:20]))}.",
            f"“{absent[0]}”",
            "Mark it as ignored, or choose the table that has it.",
        )

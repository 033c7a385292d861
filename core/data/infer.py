"""Guesses what a table's columns are: kinds, values that mean missing, columns of no use. Knows nothing of the document.

A guess is a proposal: each one that is not plain to see comes with a sentence, and the user can overrule it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from core.data.dataset import Table
from core.data.inputs import MAX_LEVELS
from core.data.values import numbers, texts
from core.experiment import Kind, TaskKind

FEW = 10  # so many different whole numbers, or fewer, are classes rather than amounts
RARE = 0.02  # a class 0 in at most this share of the rows, where the others begin at 1, is likely "not known"
SIGNS, WORDS = {"?", "-", "--", "."}, {"unknown", "missing", "none", "not known", "nil"}
STAND_INS = {-1.0, -9.0, -99.0, -999.0, -9999.0}
TASK_KINDS: dict[Kind, TaskKind] = {"number": "regression", "yes-no": "binary", "category": "multiclass"}


@dataclass(frozen=True)
class Proposal:
    """inputs: column -> kind, of every column that may be of use; missing: as `Data.missing`; notes: sentences."""

    inputs: dict[str, Kind] = field(default_factory=dict)
    missing: dict[str, tuple[float | str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def kind_of(column: pd.Series, marks: Iterable[float | str] = ()) -> Kind:
    """What the column is as an input: two values yes-no, few whole numbers or texts a category, else a number."""
    if pd.api.types.is_bool_dtype(column.dtype):
        return "yes-no"
    marks = tuple(marks)
    if pd.api.types.is_numeric_dtype(column.dtype):
        values = numbers(column, marks)
    else:
        cells = pd.Series(pd.unique(texts(column, marks)), dtype=object).dropna()
        values = numbers(cells)
        if np.isnan(values).any():
            return "yes-no" if len(cells) == 2 else "category"
    if _has_fractions(values[:1000]):  # the quick way for long columns
        return "number"
    distinct = _distinct(values)
    if not 2 <= len(distinct) <= FEW or _has_fractions(distinct):
        return "number"
    return "yes-no" if len(distinct) == 2 else "category"


def task_kind_of(column: pd.Series, marks: Iterable[float | str] = ()) -> TaskKind:
    """What the column is as a task."""
    return TASK_KINDS[kind_of(column, marks)]


def missing_marks(column: pd.Series) -> tuple[float | str, ...]:
    """Values that likely stand for "not known": a "?", few texts among numbers, a rare class 0, a lone -9."""
    if pd.api.types.is_bool_dtype(column.dtype):
        return ()
    if not pd.api.types.is_numeric_dtype(column.dtype):
        distinct = pd.Series(pd.unique(texts(column)), dtype=object).dropna()
        odd = set(distinct[np.isnan(numbers(distinct))])
        amounts = len(distinct) - len(odd)
        strangers = len(odd) <= 3 and (amounts > FEW or (amounts and {text.casefold() for text in odd} <= SIGNS | WORDS))
        return tuple(sorted(odd if strangers else odd & SIGNS))
    values = numbers(column)
    if _has_fractions(values[:1000]):
        return _stand_in(values)
    found, counts = np.unique(values[~np.isnan(values)], return_counts=True)
    if 3 <= len(found) <= FEW and (found == np.arange(len(found))).all():
        rare = counts[0] <= RARE * counts.sum() and 4 * counts[0] <= counts[1:].min()
        return (0.0,) if rare else ()
    return _stand_in(values)


def propose(table: Table) -> Proposal:
    """A guess at every column of the table."""
    inputs: dict[str, Kind] = {}
    missing: dict[str, tuple[float | str, ...]] = {}
    notes: list[str] = []
    for name, column in table.frame.items():
        name = str(name)
        if marks := missing_marks(column):
            missing[name] = marks
            cells = pd.Series(texts(column)).isin(pd.Series(texts(pd.Series(marks, dtype=object))))
            shown = " and ".join(f"“{mark:g}”" if isinstance(mark, float) else f"“{mark}”" for mark in marks)
            notes.append(f"{shown} in {name} ({cells.sum():,} rows) is taken to mean missing.")
        kind = kind_of(column, marks)
        if reason := _useless(column, marks, kind):
            notes.append(f"{name} is left out: {reason}.")
        else:
            inputs[name] = kind
    return Proposal(inputs, missing, tuple(notes))


def _useless(column: pd.Series, marks: tuple[float | str, ...], kind: Kind) -> str:
    """Why a column says nothing, or an empty text."""
    if kind == "category":
        if pd.api.types.is_numeric_dtype(column.dtype):  # then it has few different values
            return ""
        known = pd.Series(texts(column, marks)).dropna()
        different = known.nunique()
        if different < 2:
            return "it is the same in every row" if different else "it is empty"
        free = different > MAX_LEVELS and 2 * different > len(known)
        return f"nearly every row has a text of its own there ({different:,})" if free else ""
    if kind != "number":
        return ""
    values = numbers(column, marks)
    known = values[~np.isnan(values)]
    if not len(known) or known.min() == known.max():
        return "it is the same in every row" if len(known) else "it is empty"
    counts_rows = len(values) > FEW and bool((np.diff(values) == 1).all())
    return "it only counts the rows" if counts_rows else ""


def _stand_in(values: np.ndarray) -> tuple[float, ...]:
    below = values[values < 0]
    lone = len(below) and below.min() == below.max() and float(below[0]) in STAND_INS
    return (float(below[0]),) if lone and len(_distinct(values)) > 3 else ()


def _distinct(values: np.ndarray) -> np.ndarray:
    return pd.unique(values[~np.isnan(values)])


def _has_fractions(values: np.ndarray) -> bool:
    known = values[~np.isnan(values)]
    return bool((known != np.rint(known)).any())

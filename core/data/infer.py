"""Guesses what a table's columns are: kinds, values that mean missing, columns of no use. Knows nothing of the document.

A guess is a proposal, and the user can overrule it. `core.data.findings` says in sentences what was guessed here.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd

from core.data.calendar import orders
from core.data.dataset import Table
from core.data.inputs import MAX_LEVELS
from core.data.text import longish
from core.data.values import label, numbers, texts
from core.experiment import Kind, TaskKind

FEW = 10  # so many different whole numbers, or fewer, are classes rather than amounts
RARE = 0.02  # a class 0 in at most this share of the rows, where the others begin at 1, is likely "not known"
SIGNS, WORDS = {"?", "-", "--", "."}, {"unknown", "missing", "none", "not known", "nil"}
STAND_INS = {-1.0, -9.0, -99.0, -999.0, -9999.0}
TOPS = {99.0, 999.0, 9999.0, 99999.0, 999999.0}  # likewise, where they stand far above the rest
FAR = 2.0  # times as far above the rest as the rest is wide
LONG = 5.0  # so many words on average, in cells of which most differ, are a text
GLANCE = 500  # so many cells tell it
NEARLY = 0.9  # of the rows have a number of their own in a column that is called as keys are
KEYS = {"id", "ids", "uuid", "guid", "key", "pk", "rowid", "idx", "index"}
TASK_KINDS: dict[Kind, TaskKind] = {"number": "regression", "yes-no": "binary", "category": "multiclass", "text": "multiclass"}
Useless = Literal["empty", "constant", "texts", "key", "counter", "dates"]
"""Why a column is left out: no values; one value; most texts differ, and are short; nearly all do, and a key's name; 1, 2, 3;
dates."""


@dataclass(frozen=True)
class Proposal:
    """inputs: column -> kind, of every column that may be of use; missing, everywhere: as in `Data`."""

    inputs: dict[str, Kind] = field(default_factory=dict)
    missing: dict[str, tuple[float | str, ...]] = field(default_factory=dict)
    everywhere: tuple[float, ...] = ()


def kind_of(column: pd.Series, marks: Iterable[float | str] = ()) -> Kind:
    """What the column is as an input: two values yes-no, few whole numbers or texts a category, sentences of which most differ
    a text, else a number."""
    if pd.api.types.is_bool_dtype(column.dtype):
        return "yes-no"
    marks = tuple(marks)
    if pd.api.types.is_numeric_dtype(column.dtype):
        values = numbers(column, marks)
    else:
        cells = different(column, marks)
        values = numbers(cells)
        if np.isnan(values).any():
            return "yes-no" if len(cells) == 2 else "text" if _is_text(cells, len(column)) else "category"
    if _has_fractions(values[:1000]):  # the quick way for long columns
        return "number"
    distinct = _distinct(values)
    if not 2 <= len(distinct) <= FEW or _has_fractions(distinct):
        return "number"
    return "yes-no" if len(distinct) == 2 else "category"


def _is_text(cells: pd.Series, rows: int) -> bool:
    """Whether a column with these different cells holds sentences."""
    return len(cells) > FEW and 2 * len(cells) > rows and longish(cells.iloc[:: -(-len(cells) // GLANCE)].tolist(), LONG)


def different(column: pd.Series, marks: Iterable[float | str] = ()) -> pd.Series:
    """The different texts (objects) of a column's cells, but for empty ones and marks, in the order in which they come."""
    nothing = {"", *map(label, marks)}
    names = dict.fromkeys(label(value) for value in pd.unique(column.dropna()))
    return pd.Series([name for name in names if name not in nothing], dtype=object)


def task_kind_of(column: pd.Series, marks: Iterable[float | str] = ()) -> TaskKind:
    """What the column is as a task."""
    return TASK_KINDS[kind_of(column, marks)]


def missing_marks(column: pd.Series) -> tuple[float | str, ...]:
    """Values that likely stand for "not known": a "?", few texts among numbers, a rare class 0, a lone -9, a far 999."""
    if pd.api.types.is_bool_dtype(column.dtype):
        return ()
    if not pd.api.types.is_numeric_dtype(column.dtype):
        distinct = different(column)
        if set(distinct) == {"+", "-"}:  # yes and no
            return ()
        parsed = numbers(distinct)
        odd = set(distinct[np.isnan(parsed)])
        amounts = len(distinct) - len(odd)
        strangers = len(odd) <= 3 and (amounts > FEW or (amounts and {text.casefold() for text in odd} <= SIGNS | WORDS))
        signs = sorted(odd if strangers else odd & SIGNS)
        return (*signs, *stand_ins(numbers(column))) if strangers and amounts > FEW else tuple(signs)
    values = numbers(column)
    low, high = _ends(values)
    if low == 0 and 2 <= high < FEW and not _has_fractions(values):
        found, counts = np.unique(values[~np.isnan(values)], return_counts=True)
        if len(found) == high + 1:  # classes 0, 1, 2 ...
            rare = counts[0] <= RARE * counts.sum() and 4 * counts[0] <= counts[1:].min()
            return (0.0,) if rare else ()
    return stand_ins(values)


def stand_ins(values: np.ndarray) -> tuple[float, ...]:
    """Numbers that likely mean "not known": the one negative number, if it is -1, -9, -99 ...; and 99, 999 ... far above all.

    values: `[row]` float64, NaN where missing.
    """
    low, high = _ends(values)
    found: list[float] = []
    if low in STAND_INS and low == np.max(values, where=values < 0, initial=-np.inf):
        found.append(low)
    if high in TOPS and np.count_nonzero(values == high) > 1:
        rest = values[(values < high) & (values != (found[0] if found else np.nan))]
        if len(rest) and high - rest.max() > FAR * max(rest.max() - rest.min(), 1.0):
            found.append(high)
    return tuple(found) if found and len(_distinct(values)) > 3 else ()


def useless(frame: pd.DataFrame, marks: Mapping[str, tuple[float | str, ...]]) -> dict[str, Useless]:
    """Columns that a network can learn nothing from as they are, and why. marks: values that mean missing, by column.

    A column that counts 1, 2, 3 ... is what it seems only beside at least two others: of two columns it may be the input.
    """
    found = {str(name): _useless(column, marks.get(str(name), ()), len(frame.columns) > 2) for name, column in frame.items()}
    return {name: reason for name, reason in found.items() if reason}


def propose(table: Table) -> Proposal:
    """What a file's columns may be used for. A number that stands for missing in several is taken so in every column."""
    frame = table.frame
    missing = {str(name): marks for name, column in frame.items() if (marks := missing_marks(column))}
    everywhere = shared_marks(frame, missing)
    own = {name: tuple(mark for mark in marks if mark not in everywhere) for name, marks in missing.items()}
    out = useless(frame, missing)
    inputs = {str(name): kind_of(column, missing.get(str(name), ())) for name, column in frame.items() if str(name) not in out}
    return Proposal(inputs, {name: marks for name, marks in own.items() if marks}, everywhere)


def shared_marks(frame: pd.DataFrame, missing: Mapping[str, tuple[float | str, ...]]) -> tuple[float, ...]:
    """Numbers that stand for missing in two columns or more, and stand for nothing else in any."""
    marks = [mark for each in missing.values() for mark in each if isinstance(mark, float) and mark in STAND_INS | TOPS]
    several = sorted({mark for mark in marks if marks.count(mark) > 1})
    others = {mark: [name for name in frame.columns if mark not in missing.get(str(name), ())] for mark in several}
    return tuple(mark for mark in several if not any((numbers(frame[name]) == mark).any() for name in others[mark]))


def _useless(column: pd.Series, marks: tuple[float | str, ...], counts: bool) -> Useless | None:
    if pd.api.types.is_bool_dtype(column.dtype) or not pd.api.types.is_numeric_dtype(column.dtype):
        return _useless_texts(column, marks)
    values = numbers(column, marks)
    low, high = _ends(values)
    if low == high or np.isnan(low):
        return "empty" if np.isnan(low) else "constant"
    if len(values) <= FEW or np.isnan(values[:FEW]).any() or _has_fractions(values[:1000]):
        return None
    if counts and values[0] in (0, 1) and high - low == len(values) - 1 and bool((np.diff(values) == 1).all()):
        return "counter"
    whole = is_key(str(column.name)) and not np.isnan(values).any() and not _has_fractions(values)
    return "key" if whole and len(_distinct(values)) >= NEARLY * len(values) else None


def _useless_texts(column: pd.Series, marks: tuple[float | str, ...]) -> Useless | None:
    distinct = different(column, marks)
    if len(distinct) < 2:
        return "constant" if len(distinct) else "empty"
    if orders(distinct):
        return "dates"
    words = np.isnan(numbers(distinct))
    if len(distinct) > FEW and len(distinct) >= NEARLY * len(column) and is_key(str(column.name)):
        return "key"
    if 2 * words.sum() <= len(words):  # numbers, with some words among them
        return None
    known = int(np.count_nonzero(~pd.isna(texts(column, marks))))
    if _is_text(distinct, known):
        return None
    own = len(distinct) > FEW and len(distinct) >= NEARLY * known
    return "texts" if own or (len(distinct) > MAX_LEVELS and 2 * len(distinct) > known) else None


def is_key(name: str) -> bool:
    """Whether a column is called as keys are: id, patient_id, OrderKey, uuid."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return any(word.casefold() in KEYS for word in re.split(r"[\W_]+", words))


def _ends(values: np.ndarray) -> tuple[float, float]:
    """The smallest and the largest value; NaN where there is none."""
    if not len(values):
        return np.nan, np.nan
    return float(np.fmin.reduce(values)), float(np.fmax.reduce(values))


def _distinct(values: np.ndarray) -> np.ndarray:
    return pd.unique(values[~np.isnan(values)])


def _has_fractions(values: np.ndarray) -> bool:
    known = values[~np.isnan(values)]
    return bool((known != np.rint(known)).any())

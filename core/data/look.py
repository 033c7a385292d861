"""A table to leaf through: which rows in which order, and one page of them as texts. Knows nothing of roles or of who looks.

Numbers are sorted as numbers, also where they stand among texts (then they come first); texts without regard to case; missing
cells come last in either direction. Rows that are equal keep the table's order.
"""

import math
import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.data.values import LARGEST, label, texts

LONGEST = 200
"""Characters of a cell that are shown."""
COMPARED = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "=": operator.eq}
ASKED = re.compile(r"\s*(>=|<=|>|<|=)?\s*(.+?)\s*")
DIGITS = 10
"""Digits of a number that are shown; more are mostly what computers add."""
LIKELY = r"^[+-]?\.?\d"
Marks = tuple[float | str, ...]


@dataclass(frozen=True)
class Page:
    """cells: texts, None where a cell is missing; its index is the rows' numbers in the file, from 1.

    number, pages: which page of how many, from 1; first, last: which of the `rows` that were found, from 1.
    """

    cells: pd.DataFrame
    number: int
    pages: int
    first: int
    last: int
    rows: int


def sorted_rows(column: pd.Series, descending: bool = False, marks: Marks = ()) -> np.ndarray:
    """Positions `[row]` (int32) of all rows in the order of the column's values."""
    if _numeric(column):
        return _by_number(column, descending, marks)
    cells = trimmed(column, marks)
    missing = cells.isna().to_numpy()
    amounts = _amounts_among(cells)
    word = ~missing & np.isnan(amounts)
    order = cells.where(word).str.lower().array.argsort(ascending=not descending, kind="stable", na_position="last")
    words = order[: int(word.sum())]
    numbered = np.flatnonzero(~np.isnan(amounts))
    numbered = numbered[np.argsort(-amounts[numbered] if descending else amounts[numbered], kind="stable")]
    parts = [words, numbered] if descending else [numbered, words]
    return np.concatenate([*parts, np.flatnonzero(missing)]).astype(np.int32)


def matching(column: pd.Series, asked: str, marks: Marks = ()) -> np.ndarray:
    """Which rows (bool `[row]`) answer what a person typed.

    In a column of numbers “40” asks for the same number, and “> 40”, “<= 3” for those beyond; in a column of texts for the
    cells that hold these words, whatever the case. A missing cell answers nothing.
    """
    if not _numeric(column):
        found = trimmed(column, marks).str.contains(asked.strip(), case=False, regex=False, na=False)
        return found.to_numpy(bool)
    sign, text = ASKED.fullmatch(asked).groups() if asked.strip() else ("", "")  # type: ignore[union-attr]
    try:
        number = float(text)
    except ValueError:
        return np.zeros(len(column), dtype=bool)
    compare: Callable = COMPARED[sign or "="]
    with np.errstate(invalid="ignore"):
        return compare(amounts(column, marks), number)


def page_of(
    frame: pd.DataFrame,
    rows: np.ndarray | None,
    number: int,
    size: int,
    columns: Sequence[str],
    marks: Callable[[str], Marks] = lambda name: (),
) -> Page:
    """One page of the table; a page beyond the last is the last.

    rows: positions in their order, None for all as they stand; number: from 1; size: rows a page; marks: of a column, the
    values that mean missing there: they are shown, and said to be missing.
    """
    count = len(frame) if rows is None else len(rows)
    pages = max(1, math.ceil(count / size))
    number = min(max(number, 1), pages)
    first, last = (number - 1) * size, min(number * size, count)
    places = np.arange(first, last) if rows is None else rows[first:last]
    cells = {name: _shown(frame[name].iloc[places], marks(name)) for name in columns}
    shown = pd.DataFrame(cells, index=frame.index[places] + 1, dtype=object)
    return Page(shown, number, pages, first + 1 if count else 0, last, count)


def amounts(column: pd.Series, marks: Marks = ()) -> np.ndarray:
    """The same as `values.numbers` of a column of numbers, without writing each of them out where there are marks."""
    found = column.to_numpy(np.float64, na_value=np.nan)
    out = np.abs(found) > LARGEST
    for mark in marks:
        out |= _equals(column, mark)
    return np.where(out, np.nan, found) if out.any() else found


def trimmed(column: pd.Series, marks: Marks = ()) -> pd.Series:
    """The cells as texts without spaces around them; missing where empty or one of `marks`."""
    if not isinstance(column.dtype, pd.StringDtype):
        return pd.Series(texts(column, marks), dtype="str")
    cells = column.reset_index(drop=True).str.strip()
    return cells.mask(cells.isin(["", *map(label, marks)]))


def _numeric(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype)


def _equals(column: pd.Series, mark: float | str) -> np.ndarray:
    """Which numbers are written as the mark is."""
    try:
        number = float(mark)
    except ValueError:
        return np.zeros(len(column), dtype=bool)
    return (column == number).to_numpy(bool, na_value=False)


def _by_number(column: pd.Series, descending: bool, marks: Marks) -> np.ndarray:
    values = amounts(column, marks)
    missing = np.isnan(values)
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iu":  # whole numbers may be too long for a float
        whole = column.to_numpy()
        order = np.argsort(~whole if descending else whole, kind="stable")
        order = np.concatenate([order[~missing[order]], np.flatnonzero(missing)]) if missing.any() else order
    else:
        order = np.argsort(-values if descending else values, kind="stable")  # NaN is last either way
    return order.astype(np.int32)


def _amounts_among(cells: pd.Series) -> np.ndarray:
    """Numbers among texts `[row]`, NaN where there is none; only what begins like a number is read."""
    found = np.full(len(cells), np.nan)
    likely = np.flatnonzero(cells.str.contains(LIKELY, regex=True, na=False).to_numpy(bool))
    if len(likely):
        read = pd.to_numeric(cells.iloc[likely], errors="coerce").to_numpy(np.float64, na_value=np.nan)
        found[likely] = np.where(np.isfinite(read), read, np.nan)
    return found


def _shown(cells: pd.Series, marks: Marks) -> list[str | None]:
    known = texts(cells, marks) if not _numeric(cells) else amounts(cells, marks)
    gone = pd.isna(known)
    return [None if pd.isna(value) else _cell(value, out) for value, out in zip(cells, gone, strict=True)]


def _cell(value: object, missing: bool) -> str | None:
    text = label(value)
    if isinstance(value, float | np.floating) and not value.is_integer():
        text = f"{value:.{DIGITS}g}"
    if missing:
        return f"{_short(text)} (missing)" if text else None
    return _short(text)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"

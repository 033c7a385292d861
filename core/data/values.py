"""The cells of one column as numbers or as texts, missing ones told apart. Knows nothing of tables or tasks."""

import math
import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

LARGEST = 1e30  # beyond this a squared number no longer fits float32's range: taken as missing, like infinity


def label(value: Any) -> str:
    """A cell as people write it: whole numbers without a point, text without spaces around it."""
    if isinstance(value, float | np.floating) and (number := float(value)).is_integer() and abs(number) < 1e15:
        return str(int(number))
    return str(value).strip()


def texts(column: pd.Series, marks: Iterable[float | str] = ()) -> np.ndarray:
    """Texts `[row]` (objects): None where the cell is empty or one of `marks`."""
    codes, distinct = pd.factorize(column)
    nothing = {"", *map(label, marks)}
    names = [text if (text := label(value)) not in nothing else None for value in distinct]
    return np.array([*names, None], dtype=object)[codes]


def numbers(column: pd.Series, marks: Iterable[float | str] = ()) -> np.ndarray:
    """Numbers `[row]` (float64): NaN where the cell is empty, one of `marks`, no number, or beyond `LARGEST`."""
    marks = tuple(marks)
    if marks or not pd.api.types.is_numeric_dtype(column.dtype):
        codes, distinct = pd.factorize(texts(column, marks))
        parsed = pd.to_numeric(pd.Series(distinct, dtype=object), errors="coerce").to_numpy(np.float64, na_value=np.nan)
        found = np.append(parsed, np.nan)[codes]
    else:
        found = column.to_numpy(np.float64, na_value=np.nan)
    odd = np.abs(found) > LARGEST
    return np.where(odd, np.nan, found) if odd.any() else found


def levels(cells: np.ndarray) -> tuple[str, ...]:
    """The distinct texts of `cells`, sorted as people count: 2 before 10, "a2" before "a10"."""
    return tuple(sorted((text for text in pd.unique(cells) if text is not None), key=natural))


def codes(cells: np.ndarray, known: tuple[str, ...]) -> np.ndarray:
    """The place `[row]` (int64) of each text in `known`; -1 where it has none."""
    return pd.Index(known, dtype=object).get_indexer(pd.Index(cells, dtype=object)).astype(np.int64)


def natural(text: str) -> tuple:
    """A sort key: numbers by size and first, then texts, digits within them by size."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if math.isfinite(number):
        return (0, number, ())
    parts = re.split(r"(\d+)", text.casefold())
    return (1, 0.0, tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts), text)

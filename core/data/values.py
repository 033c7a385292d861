"""The cells of one column as numbers or as texts, missing ones told apart. Knows nothing of tables or tasks."""

import math
import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

# Words for yes and no in tables of common languages, and what is usually asked for beside what is not.
YES_PLAIN = "yes y yeah yep ja j oui o si sí s sim да ano tak evet true t wahr vrai vero verdadero verdadeiro on an 1"
NO_PLAIN = "no n nope nein non não nao нет ne nie hayır false f falsch faux falso off aus 0"
YES_WORDS = (
    f"{YES_PLAIN} + "
    "positive positiv positif positivo pos present sick ill diseased disease krank malade enfermo malignant bösartig "
    "abnormal pass passed won win churned spam fraud default"
)
NO_WORDS = (
    f"{NO_PLAIN} - none "
    "negative negativ negatif negativo neg absent healthy well gesund sain sano benign gutartig "
    "normal fail failed lost loss stayed ham"
)
YES, NO = (frozenset(words.split()) for words in (YES_WORDS, NO_WORDS))
NEGATED = r"(no|not|non|never|without|kein|keine|nicht|ohne|pas|sans|sin|senza|sem)[\s_-]"
COMMA = re.compile(r"[+-]?(?:[1-9]\d{0,2}(?:\.\d{3})+|\d*),\d+")
NEARLY = 0.9
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
    amounts = pd.api.types.is_numeric_dtype(column.dtype)
    if amounts and not (marks and pd.api.types.is_bool_dtype(column.dtype)):
        found = column.to_numpy(np.float64, na_value=np.nan)
        if marks:
            stand = pd.to_numeric(pd.Series(marks, dtype=object), errors="coerce").to_numpy(np.float64)
            stand = stand.astype(np.float32).astype(np.float64) if column.dtype == np.float32 else stand
            found = np.where(np.isin(found, stand), np.nan, found)
    else:
        codes, distinct = pd.factorize(texts(column, marks))
        parsed = pd.to_numeric(pd.Series(distinct, dtype=object), errors="coerce").to_numpy(np.float64, na_value=np.nan)
        found = np.append(parsed, np.nan)[codes]
    odd = np.abs(found) > LARGEST
    return np.where(odd, np.nan, found) if odd.any() else found


def has_decimal_commas(cells: Iterable[Any]) -> bool:
    """Whether nearly all of the different texts are numbers with a decimal comma. 1,234 alone may be a whole one."""
    matched = [COMMA.fullmatch(label(cell)) for cell in cells]
    found = [match[0] for match in matched if match]
    return len(found) > NEARLY * len(matched) and any(len(text.rpartition(",")[2]) != 3 for text in found)


def levels(cells: np.ndarray) -> tuple[str, ...]:
    """The distinct texts of `cells`, sorted as people count: 2 before 10, "a2" before "a10"."""
    return tuple(sorted((text for text in pd.unique(cells) if text is not None), key=natural))


def no_first(pair: tuple[str, ...]) -> tuple[str, ...]:
    """Two levels with the one that means yes second, by its word or its opposite's; else as they stand.

    Numbers stay as they are sorted: the larger one is yes.
    """
    if len(pair) != 2 or all(natural(text)[0] == 0 for text in pair):
        return pair
    first, second = (text.casefold() for text in pair)
    return pair[::-1] if _yes(first) + _no(second) > _yes(second) + _no(first) else pair


def _yes(text: str) -> bool:
    return text in YES


def _no(text: str) -> bool:
    return text in NO or bool(re.match(NEGATED, text))


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

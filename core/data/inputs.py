"""Input columns into features, with scikit-learn. Knows nothing of tasks and splits: it is told which rows to fit on.

Texts come last in a row, as numbers of words (`core.data.text`), which nothing here scales or fills in.

What belongs to the table's form (the levels of a category, which columns have gaps at all) is decided on the whole table, so
that all splits agree in their features. What is a statistic (medians, means, scales, most frequent) comes from training rows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import MissingIndicator, SimpleImputer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler

from core.data.text import Words
from core.data.values import codes, label, levels, no_first, numbers, texts
from core.errors import UserError
from core.experiment import Data, Kind

MAX_LEVELS = 50  # the most frequent levels of a category get a feature each; the rest share having none
MISSING = "missing"
BLOCK = 2_000_000  # numbers that are fitted on together


@dataclass(frozen=True)
class Column:
    """One input as the table has it. levels: yes-no (no first) and category; gaps: some rows have no value."""

    name: str
    kind: Kind
    marks: tuple[float | str, ...]
    levels: tuple[str, ...]
    gaps: bool


def columns_of(data: Data, frame: pd.DataFrame) -> tuple[Column, ...]:
    """The form of all inputs. Raises `UserError` where a column cannot be of the kind it is given."""
    return tuple(_column(name, kind, data.marks(name), frame[name]) for name, kind in data.inputs.items())


def apart(columns: tuple[Column, ...]) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
    """The columns that become features of a table, and those that are texts."""
    return tuple(each for each in columns if each.kind != "text"), tuple(each for each in columns if each.kind == "text")


def matrix(frame: pd.DataFrame, columns: tuple[Column, ...]) -> np.ndarray:
    """Cells `[row, column]` as float64: numbers as they are, yes-no 0 and 1, categories by number; NaN where missing."""
    cells = np.empty((len(frame), len(columns)))
    for place, column in enumerate(columns):
        if column.name not in frame:
            raise UserError("A row should have every input.", f"no “{column.name}”", "Fill it in; an empty cell will do.")
        if column.kind == "number":
            cells[:, place] = numbers(frame[column.name], column.marks)
            continue
        found = texts(frame[column.name], column.marks)
        if column.kind == "category":
            found[pd.isna(found)] = MISSING
            cells[:, place] = codes(found, column.levels)
        else:
            cells[:, place] = np.where((at := codes(found, column.levels)) < 0, np.nan, at)
    return cells


def fit(cells: np.ndarray, columns: tuple[Column, ...], rows: np.ndarray) -> ColumnTransformer | FunctionTransformer:
    """The transformer of `matrix` cells to features, fitted on `rows` only; of no columns, none."""
    groups = _groups(columns)
    encode = {
        "yes-no": SimpleImputer(strategy="most_frequent", keep_empty_features=True),
        "category": OneHotEncoder(
            categories=[np.arange(len(columns[place].levels), dtype=np.float64) for place in groups["category"]],
            handle_unknown="ignore",
            sparse_output=False,
        ),
        "gaps": MissingIndicator(features="all"),
    }
    if not columns:
        return FunctionTransformer()
    parts = [
        *_numbers(columns, groups["number"], len(rows)),
        *((name, step, groups[name]) for name, step in encode.items() if groups[name]),
    ]
    return ColumnTransformer(parts, sparse_threshold=0.0).fit(cells[rows])


def _numbers(columns: tuple[Column, ...], places: list[int], rows: int) -> Iterator[tuple[str, Pipeline, list[int]]]:
    """Standardised, gaps filled before. A few columns at a time where there are many rows, since fitting copies what it is
    given several times; and no median is sought where nothing is missing, which would take most of the time.
    """
    size, first = max(1, BLOCK // max(rows, 1)), 0
    for gaps, same in groupby(places, lambda place: columns[place].gaps):
        run = list(same)
        for start in range(0, len(run), size):
            fill = [("fill", SimpleImputer(strategy="median", keep_empty_features=True))] if gaps else []
            yield (
                (f"number {first}" if first else "number"),
                Pipeline([*fill, ("scale", StandardScaler())]),
                run[start : start + size],
            )
            first += size


@dataclass(frozen=True)
class Beside:
    """Features of a table, and after them the numbers of words."""

    table: Pipeline
    words: Words

    def transform(self, frame: pd.DataFrame) -> np.ndarray:
        return np.hstack([self.table.transform(frame), self.words.transform(frame)])


def whole(
    columns: tuple[Column, ...], fitted: ColumnTransformer | FunctionTransformer, words: Words | None = None
) -> Pipeline | Beside:
    """What makes features `[row, feature]` of a frame in the user's columns and units. columns: all but texts."""
    table = Pipeline([("read", FunctionTransformer(matrix, kw_args={"columns": columns})), ("encode", fitted)])
    return table if words is None else Beside(table, words)


def feature_names(columns: tuple[Column, ...]) -> tuple[str, ...]:
    """Features in plain words, in their order: numbers, yes-no, a feature per level of each category, gaps."""
    groups = _groups(columns)
    plain = [columns[place].name for place in groups["number"] + groups["yes-no"]]
    one_hot = [f"{columns[place].name} = {level}" for place in groups["category"] for level in columns[place].levels]
    return (*plain, *one_hot, *(f"{columns[place].name} is missing" for place in groups["gaps"]))


def _groups(columns: tuple[Column, ...]) -> Mapping[str, list[int]]:
    places = {kind: [i for i, column in enumerate(columns) if column.kind == kind] for kind in ("number", "yes-no", "category")}
    return places | {"gaps": [i for i, column in enumerate(columns) if column.gaps and column.kind != "category"]}


def _column(name: str, kind: Kind, marks: tuple[float | str, ...], values: pd.Series) -> Column:
    if kind == "number":
        check_numbers(values, marks)
        return Column(name, kind, marks, (), bool(np.isnan(numbers(values, marks)).any()))
    cells = texts(values, marks)
    missing = pd.isna(cells)
    gaps = bool(missing.any())
    if kind == "text":
        return Column(name, kind, marks, (), gaps)
    found = levels(cells)
    if kind == "yes-no" and len(found) > 2:
        raise UserError(f"“{name}” as yes/no should have two values.", f"{len(found)}", "Choose category or number for it.")
    if kind == "yes-no":
        found = no_first(found)
    if len(found) > MAX_LEVELS:
        kept = set(pd.Series(cells[~missing], dtype=object).value_counts(sort=True).index[:MAX_LEVELS])
        found = tuple(level for level in found if level in kept)
    if kind == "category" and gaps and MISSING not in found:
        found = (*found, MISSING)
    return Column(name, kind, marks, found, gaps)


def check_numbers(column: pd.Series, marks: tuple[float | str, ...]) -> None:
    """Raises `UserError` when a cell of the column is a text that is no number and no mark for missing."""
    if pd.api.types.is_numeric_dtype(column.dtype):
        return
    cells = pd.Series(pd.unique(texts(column, marks)), dtype=object).dropna()
    odd = cells[pd.to_numeric(cells, errors="coerce").isna()]
    if len(odd):
        raise UserError(
            f"“{column.name}” should hold numbers to be used as numbers.",
            f"“{label(odd.iloc[0]):.40}”",
            "Choose category for it, or name this value as one that means missing.",
        )

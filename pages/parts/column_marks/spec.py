"""What the component shows, as JSON: columns with roles, kinds, first cells and shares of missing values.

Knows nothing of the browser, and decides nothing: kinds and roles are the document's.
"""

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from core.charts.palette import task_color
from core.data.columns import role_of
from core.data.dataset import Table
from core.data.samples import SAMPLES
from core.data.values import label, numbers, texts
from core.experiment import Experiment

ROWS = 8
LONGEST = 80
"""Characters of a cell that travel."""
MANY_ROWS = 20_000
"""From longer tables, so many rows evenly spread are counted."""
KINDS = {
    "input": {"number": "number", "category": "category", "yes-no": "yes / no", "text": "text"},
    "task": {"binary": "yes or no", "multiclass": "classes", "regression": "number"},
}


def spec_of(experiment: Experiment, table: Table, shares: Mapping[str, float]) -> dict[str, Any]:
    """All columns in the table's order. shares: of missing values, by column."""
    kinds: dict[str, str] = {**experiment.data.inputs, **{task.column: task.kind for task in experiment.tasks}}
    help = _help(experiment)
    cells = _first_cells(*_key(experiment, table), table)
    columns = []
    for name, dtype in table.frame.dtypes.items():
        role = role_of(experiment, str(name))
        colored = role == "task" and task_color(experiment.columns.index(str(name)))
        columns.append(
            {
                "name": str(name),
                "help": help.get(str(name), ""),
                "role": role,
                "kind": kinds.get(str(name), ""),
                "color": list(colored[:2]) if colored else None,
                "number": pd.api.types.is_numeric_dtype(dtype) and not pd.api.types.is_bool_dtype(dtype),
                "missing": round(shares.get(str(name), 0.0), 5),
                "cells": cells[str(name)],
            }
        )
    coming = [list(task_color(len(experiment.tasks) + more)[:2]) for more in range(4)]
    return {
        "columns": columns,
        "rows": len(table.frame),
        "kinds": {role: [list(kind) for kind in titles.items()] for role, titles in KINDS.items()},
        "coming": coming,
    }


def missing_shares(experiment: Experiment, table: Table) -> dict[str, float]:
    """The share of rows without a value, by column; of a long table, over rows evenly spread."""
    return _missing_shares(*_key(experiment, table), table)


def _key(experiment: Experiment, table: Table) -> tuple[str, str]:
    """What the cells depend on, and which values mean missing in each column that has such."""
    data = experiment.data
    names = map(str, table.frame.columns) if data.everywhere else data.missing
    made = json.dumps([data.source.model_dump(mode="json"), [mend.model_dump(mode="json") for mend in data.mends]])
    return made, json.dumps({name: data.marks(name) for name in names})


@st.cache_data(max_entries=64, show_spinner=False)
def _missing_shares(source: str, marks: str, _table: Table) -> dict[str, float]:
    frame = thinned(_table.frame)
    known = json.loads(marks)
    return {str(name): _missing_share(column, known.get(str(name), ())) for name, column in frame.items()}


def thinned(frame: pd.DataFrame) -> pd.DataFrame:
    """At most 20,000 rows of the frame, evenly spread; the frame itself where it has no more."""
    return frame.iloc[:: -(-len(frame) // MANY_ROWS)] if len(frame) > MANY_ROWS else frame


def _missing_share(column: pd.Series, marks: tuple[float | str, ...]) -> float:
    numeric = pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype)
    return float(pd.isna(numbers(column, marks) if numeric else texts(column, marks)).mean()) if len(column) else 0.0


@st.cache_data(max_entries=64, show_spinner=False)
def _first_cells(source: str, marks: str, _table: Table) -> dict[str, list[Any]]:
    known = json.loads(marks)
    return {str(name): _cells(column, known.get(str(name), ())) for name, column in _table.frame.head(ROWS).items()}


def _cells(column: pd.Series, marks: tuple[float | str, ...]) -> list[Any]:
    """Texts; None where there is nothing, and in a list of its own a value that is taken to mean missing."""
    plain = texts(column)
    known = texts(column, marks) if marks else plain
    shown = [None if text is None else _short(value) for value, text in zip(column, plain, strict=True)]
    return [[text] if text is not None and kept is None else text for text, kept in zip(shown, known, strict=True)]


def _short(value: Any) -> str:
    if isinstance(value, float) and not value.is_integer():
        return f"{value:.6g}"
    text = label(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _help(experiment: Experiment) -> dict[str, str]:
    """What a sample's columns mean, each with its unit."""
    source = experiment.data.source
    sample = SAMPLES.get(source.name) if source.kind == "sample" else None
    labels, units = getattr(sample, "LABELS", {}), getattr(sample, "UNITS", {})
    found = {name: (labels.get(name, ""), f"Unit: {units[name]}." if name in units else "") for name in {*labels, *units}}
    return {name: " ".join(filter(None, texts)) for name, texts in found.items()}

"""Values that mean "not known", by column: a text to type, and a sentence on what it does. Layout, and reading the text."""

import math
from typing import Any

import streamlit as st

from core.data.columns import role_of
from core.data.dataset import Table
from core.data.infer import kind_of, task_kind_of
from core.experiment import Experiment, parse
from pages.parts import controls, state
from pages.parts.column_marks.spec import MANY_ROWS, missing_shares
from pages.parts.plain import plain


def missing() -> None:
    st.subheader("Missing values", anchor=False)
    document, table = state.document(), state.table()
    names = [str(name) for name in table.frame.columns]
    shares = missing_shares(document, table)
    marks = document.data.missing
    column = state.get("missing.column")
    if column not in names:
        column = next(iter(marks), max(names, key=lambda name: shares.get(name, 0.0)))
    choose, text, sentence = st.columns([0.27, 0.27, 0.46], gap="medium", vertical_alignment="bottom")
    with choose:
        controls.select(
            "Column",
            "missing.column",
            column,
            {name: name for name in names},
            lambda name: state.put("missing.column", name),
            "The column whose values you want to look at.",
        )
    with text:
        help = (
            "Values that stand for “not known” in this column, with commas between: ?, -9, unknown. "
            "Empty cells and NA always count as missing."
        )
        key = state.bind("missing.marks", written(marks.get(column, ())))
        st.text_input(
            "Values that mean missing",
            key=key,
            help=help,
            placeholder="none beside empty cells",
            on_change=lambda: _take(column),
        )
    with sentence:
        st.markdown(_said(column, shares.get(column, 0.0), marks.get(column, ()), len(table.frame)))


def _take(column: str) -> None:
    marks = parsed(str(state.value("missing.marks") or ""))
    state.attempt(lambda: with_missing(state.document(), state.table(), column, marks))


def _said(column: str, share: float, marks: tuple[float | str, ...], rows: int) -> str:
    about = "About " if rows > MANY_ROWS else ""
    count = f"{about}{round(share * rows):,} of {rows:,} rows of **{plain(column)}** are missing"
    if not share:
        count = f"No row of **{plain(column)}** is missing"
    return f"{count}: empty cells, and those with {plain(written(marks))}." if marks else f"{count}."


def written(marks: tuple[float | str, ...]) -> str:
    """The marks as a person types them."""
    return ", ".join(f"{mark:g}" if isinstance(mark, float) else mark for mark in marks)


def parsed(text: str) -> tuple[float | str, ...]:
    """The marks that a person typed: numbers where they can be, each once."""
    marks: dict[float | str, None] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        try:
            number = float(part)
        except ValueError:
            number = math.nan
        marks[number if math.isfinite(number) else part] = None
    return tuple(marks)


def with_missing(experiment: Experiment, table: Table, column: str, marks: tuple[float | str, ...]) -> Experiment:
    """The document with other marks for a column. A kind that was only guessed is guessed anew, one that was chosen stays."""
    document: dict[str, Any] = experiment.model_dump(mode="json")
    missing, inputs = document["data"]["missing"], document["data"]["inputs"]
    before = experiment.data.missing.get(column, ())
    missing.pop(column, None)
    if marks:
        missing[column] = marks
    values = table.frame[column]
    if role_of(experiment, column) == "input" and inputs[column] == kind_of(values, before):
        inputs[column] = kind_of(values, marks)
    for task in document["tasks"]:
        if task["column"] == column and task["kind"] == task_kind_of(values, before) != task_kind_of(values, marks):
            task |= {"kind": task_kind_of(values, marks), "loss": None}
    return parse(document)

"""Values that mean "not known", by column: a text to type, and a sentence on what it does. Layout, and reading the text."""

import math

import streamlit as st

from core.data.missing import with_missing, with_missing_everywhere
from pages.parts import controls, state
from pages.parts.column_marks.spec import MANY_ROWS, missing_shares
from pages.parts.plain import plain

EVERYWHERE = "Values that stand for “not known” in every column, with commas between: -9, 999. They join each column's own."


def missing() -> None:
    st.subheader("Missing values", anchor=False)
    document, table = state.document(), state.table()
    names = [str(name) for name in table.frame.columns]
    shares = missing_shares(document, table)
    marks = document.data.missing
    column = state.get("missing.column")
    if column not in names:
        column = next(iter(marks), max(names, key=lambda name: shares.get(name, 0.0)))
    choose, text, every = st.columns([0.27, 0.37, 0.36], gap="medium", vertical_alignment="bottom")
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
    with every:
        st.text_input(
            "In every column",
            key=state.bind("missing.everywhere", written(document.data.everywhere)),
            help=EVERYWHERE,
            placeholder="none beside empty cells",
            on_change=_take_everywhere,
        )
    st.markdown(_said(column, shares.get(column, 0.0), document.data.marks(column), len(table.frame)))


def _take(column: str) -> None:
    marks = parsed(str(state.value("missing.marks") or ""))
    state.attempt(lambda: with_missing(state.document(), state.table(), column, marks))


def _take_everywhere() -> None:
    marks = parsed(str(state.value("missing.everywhere") or ""))
    state.attempt(lambda: with_missing_everywhere(state.document(), state.table(), marks))


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

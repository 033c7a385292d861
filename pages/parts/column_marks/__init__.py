"""The first rows of a table under heads that one clicks to say what each column is for.

A browser component that shows columns and hands back one mark at a time; `apply` makes a document of it. Knows nothing
of tensors, nor of where the document is kept.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import streamlit as st

from core.data.columns import ROLES, mark, set_kind
from core.data.dataset import Table
from core.errors import UserError
from core.experiment import Experiment, Kind, TaskKind
from pages.parts import state
from pages.parts.bundle import bundle
from pages.parts.column_marks.spec import missing_shares, spec_of

FOLDER = Path(__file__).parent
HEIGHT = 350
"""Room for eight rows."""
MOST = 100
"""So many marks may come at once: more clicks than that are not made by hand."""

_COMPONENT = st.components.v2.component(
    "column_marks",
    html=(FOLDER / "marks.html").read_text(encoding="utf-8"),
    css=(FOLDER / "marks.css").read_text(encoding="utf-8"),
    js=bundle(FOLDER, "main.js"),
)


def column_marks(
    experiment: Experiment, table: Table, height: int, key: str, on_mark: Callable[[dict[str, Any]], None]
) -> None:
    """Shows the table as wide as there is room, in a box of fixed height that scrolls by itself.

    Args:
        experiment: says which columns are inputs and tasks.
        table: its table.
        height: in pixels; `HEIGHT` shows eight rows without scrolling down.
        key: the element's key.
        on_mark: called with the mark just made, before the page is drawn anew; `apply` takes it. It comes from a browser,
            so it is checked there.
    """
    shares = missing_shares(experiment, table)
    data = {"spec": spec_of(experiment, table, shares), "height": height}
    _COMPONENT(key=key, data=data, height=height, on_mark_change=lambda: on_mark(state.value(key).mark))


def apply(experiment: Experiment, table: Table, op: Any) -> Experiment:
    """The document after one mark: `{"op": "mark", "column", "role"}` or `{"op": "kind", "column", "kind"}`.

    `before` holds marks that the browser has sent and not yet seen answered: of clicks in quick succession some may never
    arrive by themselves. Marks say what a column shall be, so that doing one twice is doing it once.
    Raises `UserError` for whatever is no such mark.
    """
    earlier = op.get("before", []) if isinstance(op, dict) else []
    if not isinstance(earlier, list) or len(earlier) > MOST:
        raise _no_mark()
    for each in (*earlier, op):
        experiment = _applied(experiment, table, each)
    return experiment


def _applied(experiment: Experiment, table: Table, op: Any) -> Experiment:
    if not isinstance(op, dict) or not isinstance(op.get("column"), str):
        raise _no_mark()
    if op["column"] not in table.frame:
        raise UserError("A column should be one of the table's.", f"“{op['column']:.40}”", "Choose another.")
    if op.get("op") == "mark" and op.get("role") in ROLES:
        return mark(experiment, table, op["column"], op["role"])
    if op.get("op") == "kind" and op.get("kind") in (*get_args(Kind), *get_args(TaskKind)):
        return set_kind(experiment, op["column"], op["kind"])
    raise _no_mark()


def _no_mark() -> UserError:
    return UserError(
        "A mark should say what a column of the table is for.", "something else", "Click the column's head once more."
    )

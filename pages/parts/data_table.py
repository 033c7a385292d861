"""The whole table to leaf through: sorted by any column, searched, a page at a time. Layout only.

Pages are cut and sorted on the server, so that a table of any length costs the browser one page. Cells are drawn on a canvas:
nothing in them is ever markup.
"""

from typing import Any

import pandas as pd
import streamlit as st

from core.data.look import Page, matching, page_of, sorted_rows
from core.experiment import Data, Split
from pages.parts import controls, state
from pages.parts.plain import plain
from pages.parts.words import counted

SIZES = (25, 100)
WIDE = 100
"""So many columns are shown at a time."""
TALL, FEW = 460, 12
LONGEST = 40
"""Characters of a column's name above its cells."""
AS_IT_IS = "as in the table"
SORT = "Or click the head of a column: once for the smallest first, again for the largest first. Missing cells come last."
FIND = (
    "In a column of texts: cells that hold this, whatever the case. In a column of numbers: the same number, or those beyond "
    "one, such as > 40 or <= 3."
)
VIEW: dict[str, Any] = {
    **{"by": "", "descending": False, "within": "", "find": ""},
    **{"size": SIZES[0], "page": 1, "window": 0, "anew": 0},
}
KEY = "table.grid"


@st.fragment
def browse() -> None:
    data, frame = state.document().data, state.table().frame
    names = [str(name) for name in frame.columns]
    view = seen(data, names)
    choices(view, names)
    rows = found(known_by(data), view["by"], view["descending"], view["within"], view["find"].strip(), data, frame)
    columns = names[view["window"] * WIDE :][:WIDE]
    page = page_of(frame, rows, view["page"], view["size"], columns, data.marks)
    if page.rows:
        grid(page, view, columns, frame)
        turn(page, len(frame), view["anew"])
    else:
        none = f"No row has {plain(view['find'])} in {plain(view['within'])}." if len(frame) else "The table has no rows."
        st.info(none, icon=":material/search_off:")


def seen(data: Data, names: list[str]) -> dict[str, Any]:
    """What of the table is looked at; another table is looked at from its beginning."""
    of = data.source.model_dump_json()
    view = {**VIEW, "within": names[0]} | state.get("table", {})
    if view.get("of") != of:
        view = {**VIEW, "within": names[0], "of": of}
    gone = {name: VIEW[name] for name in ("by", "within") if view[name] not in names}  # as a mend that is undone takes it away
    if "within" in gone:
        gone |= {"within": names[0], "find": ""}
    if view["window"] * WIDE >= len(names):
        gone["window"] = 0
    view = view | gone
    state.put("table", view)
    return view


def change(**more: Any) -> None:
    """Looks at something else, from its first page on."""
    view = state.get("table", {})
    state.put("table", {**view, "page": 1, "anew": view.get("anew", 0) + 1, **more})


def turned(page: int) -> None:
    state.put("table", {**state.get("table", {}), "page": page})


def choices(view: dict[str, Any], names: list[str]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        columns = {name: name for name in names}
        sorts = {"": AS_IT_IS, **columns}
        controls.select("Sort by", "table.by", view["by"], sorts, lambda name: change(by=name), SORT, width=200)
        key = state.bind("table.descending", view["descending"])
        st.segmented_control(
            "Order", [False, True], format_func=lambda down: "Largest first" if down else "Smallest first", key=key,
            required=True, disabled=not view["by"], on_change=lambda: change(descending=bool(state.value(key))),
        )  # fmt: skip
        within = "The column that is searched."
        controls.select("Find in", "table.within", view["within"], columns, lambda name: change(within=name), within, width=200)
        asked = state.bind("table.find", view["find"])
        st.text_input(
            "What to find", key=asked, help=FIND, placeholder="any row", width=180,
            on_change=lambda: change(find=str(state.value(asked) or "")),
        )  # fmt: skip
        size = state.bind("table.size", view["size"])
        st.segmented_control(
            "Rows a page", SIZES, key=size, required=True, on_change=lambda: change(size=int(state.value(size) or SIZES[0]))
        )
        if len(names) > WIDE:
            windows = {
                at: f"{at * WIDE + 1:,} to {min(at * WIDE + WIDE, len(names)):,}" for at in range(-(-len(names) // WIDE))
            }
            which = f"Which of the {len(names):,} columns stand here."
            take = lambda at: change(window=at, page=view["page"])  # noqa: E731
            controls.select("Columns", "table.window", view["window"], windows, take, which, width=150)


def known_by(data: Data) -> str:
    """What the cells of a table depend on."""
    return data.model_copy(update={"inputs": {}, "split": Split()}).model_dump_json()


@st.cache_resource(max_entries=24, show_spinner=False)  # 4 bytes a row; nobody changes them
def found(key: str, by: str, descending: bool, within: str, find: str, _data: Data, _frame: pd.DataFrame) -> Any:
    """Positions of the rows to show in their order; None for all as they stand."""
    rows = sorted_rows(_frame[by], descending, _data.marks(by)) if by else None
    if not find:
        return rows
    hits = matching(_frame[within], find, _data.marks(within))
    return hits.nonzero()[0] if rows is None else rows[hits[rows]]


def grid(page: Page, view: dict[str, Any], columns: list[str], frame: pd.DataFrame) -> None:
    arrow = "↓" if view["descending"] else "↑"
    config: dict[Any, Any] = {  # by place, whatever the names; the rows' numbers stand first
        place + 1: st.column_config.TextColumn(
            f"{short(name)} {arrow}" if name == view["by"] else short(name),
            help=plain(name) if len(name) > LONGEST else None,
            alignment="right" if pd.api.types.is_numeric_dtype(frame[name].dtype) else "left",
        )
        for place, name in enumerate(columns)
    }
    config[0] = st.column_config.NumberColumn("row", format="%d", width=36 + 9 * len(str(frame.index.max() + 1)))
    marked = [view["by"]] if view["by"] in columns else []
    st.dataframe(
        page.cells,
        key=state.bind(KEY, {"selection": {"rows": [], "columns": marked, "cells": []}}),
        column_config=config,
        on_select=sort_by_head,
        selection_mode="single-column",
        placeholder="missing",
        height=TALL if len(page.cells) > FEW else "content",
        lazy=False,
        alt="The rows of the table",
    )


def sort_by_head() -> None:
    """A click on a head: that column, smallest first; on the head of the column that it is sorted by, the other way round."""
    view, chosen = state.get("table", {}), (state.value(KEY) or {}).get("selection", {}).get("columns", [])
    by = chosen[0] if chosen else view["by"]
    change(by=by, descending=by == view["by"] and not view["descending"])


def turn(page: Page, rows: int, anew: int) -> None:
    """The pages, and where in the table one is."""
    of = f"{page.rows:,}" if page.rows == rows else f"{page.rows:,} found among {rows:,}"
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.caption(f"Rows {page.first:,} to {page.last:,} of {of}" if page.rows > 1 else counted(rows, "row"), width="content")
        if page.pages > 1:
            key = f"table.page.{anew}"  # it cannot be set from here, so other rows get another one
            st.pagination(page.pages, default=page.number, key=key, on_change=lambda: turned(int(state.value(key) or 1)))


def short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"

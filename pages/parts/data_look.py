"""A closer look at the table before anything is learned: its columns, its rows, tasks together, what inputs say. Layout only.

Only what is chosen is drawn and computed.
"""

import streamlit as st

from pages.parts import state
from pages.parts.data_columns import columns
from pages.parts.data_table import browse
from pages.parts.data_telling import telling
from pages.parts.data_together import together

VIEWS = {
    "columns": ("Columns", columns, "How the values of each column are spread, and how many are missing."),
    "table": ("Rows", browse, "The whole table, page by page, to sort and to search."),
    "together": ("Tasks together", together, "How the labels of two tasks go together, and which rows have both."),
    "telling": ("What says something", telling, "How much each input, taken alone, says about each task."),
}
FIRST = "columns"


@st.fragment
def look() -> None:
    now = state.get("look", FIRST)
    st.subheader("A closer look", anchor=False, help="\n".join(f"- **{title}**: {text}" for title, _, text in VIEWS.values()))
    key = state.bind("look.view", now)
    st.segmented_control(
        "A closer look", list(VIEWS), key=key, format_func=lambda name: VIEWS[name][0], required=True,
        label_visibility="collapsed", on_change=lambda: state.put("look", state.value(key) or FIRST),
    )  # fmt: skip
    VIEWS[now][1]()

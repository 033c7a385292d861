"""One row by hand, and what the network says of it. Layout only: a worker asks the network.

The row is kept as a page's memory: `values` as the widgets show them, `number` of the table's row they were taken from.
"""

from typing import Any

import streamlit as st

from core.errors import UserError
from core.experiment import Data
from core.predict import Form, example, form
from core.runs import engine
from core.runs.run import Run
from pages.parts import state
from pages.parts.answers import answers
from pages.parts.ask_form import WIDE, ask
from pages.parts.plain import plain

PARTS = {
    "train": "a training row",
    "validation": "a validation row",
    "test": "a test row, never trained on",
    "": "a row without any answer",
}
START = "Fills in a row of the table, counted from 1. Then change what you like."
TYPICAL = "Fills in the middle value of every number, and the most frequent of everything else."


@st.cache_data(max_entries=32, show_spinner=False)
def asked_for(data: str, folder: str, _person: str) -> Form:
    return engine().predict(_person, form, Data.model_validate_json(data), folder)


@st.fragment
def prediction() -> None:
    run = state.run()
    try:
        wanted = asked_for(run.experiment.data.model_dump_json(), engine().place(run), run.person)
        row = memory(run, wanted)
        left, right = st.columns([0.56, 0.44], gap="large")
        with left:
            start(run, wanted, row)
            ask(wanted, row["values"], put)
        with right:
            answers(run, row)
    except UserError as error:
        st.error(plain(str(error)), icon=":material/error:")
    if problem := state.get("ask.problem"):
        st.error(plain(problem), icon=":material/error:")
        state.put("ask.problem", None)


def memory(run: Run, wanted: Form) -> dict[str, Any]:
    """The row as it stands; a typical one when the columns are others than before."""
    row, data = state.get("ask"), run.experiment.data.model_dump_json()
    if not row or row["data"] != data:
        row = {"data": data, "values": wanted.usual, "number": None, "example": None}
        state.put("ask", row)
    return row


def start(run: Run, wanted: Form, row: dict[str, Any]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        number = row["number"] + 1 if row["number"] is not None else None
        st.number_input(
            "Start from row", 1, wanted.rows, None, 1, key=state.bind("ask.number", number), help=START, width=WIDE,
            placeholder=f"1 to {wanted.rows:,}", on_change=take_row, args=(run,),
        )  # fmt: skip
        st.button(
            "A typical row", key="ask.typical", icon=":material/balance:", help=TYPICAL, on_click=take_typical, args=(wanted,)
        )
        if row["example"] is not None:
            changed = row["values"] != row["example"].values
            st.caption(f"Row {number} is {PARTS[row['example'].part]}{', changed by you' if changed else ''}.", width="stretch")


def take_row(run: Run) -> None:
    number = state.value("ask.number")
    if number is None:
        return
    try:
        found = engine().predict(run.person, example, run.experiment, engine().place(run), int(number) - 1)
    except UserError as error:
        state.put("ask.problem", str(error))
        return
    state.put("ask", state.get("ask") | {"values": dict(found.values), "number": int(number) - 1, "example": found})


def take_typical(wanted: Form) -> None:
    state.put("ask", state.get("ask") | {"values": wanted.usual, "number": None, "example": None})


def put(column: str, value: Any) -> None:
    row = state.get("ask")
    state.put("ask", row | {"values": {**row["values"], column: value}})

"""One row by hand, and what the network says of it. Layout only: a worker asks the network.

The row is kept as a page's memory: `values` as the widgets show them, `number` of the table's row they were taken from.
"""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from core.data.inputs import MISSING
from core.errors import UserError
from core.experiment import Data
from core.predict import Field, Form, decide, example, form, predict
from core.runs import engine
from core.runs.run import Run
from pages.parts import controls, state
from pages.parts.plain import plain
from pages.parts.words import band_of, short, spread

WIDE, TALL = 168, 470
"""Pixels: a widget's width, and the height from which a long form scrolls."""
YES = {("0", "1"), ("no", "yes"), ("No", "Yes"), ("False", "True"), ("false", "true"), ("n", "y"), ("N", "Y")}
PARTS = {
    "train": "a training row",
    "validation": "a validation row",
    "test": "a test row, never trained on",
    "": "a row without any answer",
}
START = "Fills in a row of the table, counted from 1. Then change what you like."
TYPICAL = "Fills in the middle value of every number, and the most frequent of everything else."
STANDARD = "0 is the mean of the training rows, 1 is one standard deviation above it."
THRESHOLD = "Yes from this probability on. Lower: more of the yes are found, and more false alarms come along."
LOGIT = "What the network gives before it is turned into a probability: the larger, the likelier; 0 is even odds for yes or no."


@st.cache_data(max_entries=32, show_spinner=False)
def asked_for(data: str, folder: str) -> Form:
    return engine().predict(form, Data.model_validate_json(data), folder)


@st.fragment
def prediction() -> None:
    run = state.run()
    try:
        wanted = asked_for(run.experiment.data.model_dump_json(), engine().folder)
        row = memory(run, wanted)
        left, right = st.columns([0.56, 0.44], gap="large")
        with left:
            start(run, wanted, row)
            ask(wanted, row)
        with right:
            answers(run, row)
    except UserError as error:
        st.error(plain(str(error)), icon=":material/error:")
    if problem := state.get("ask.problem"):
        st.error(plain(problem), icon=":material/error:")
        state.put("ask.problem", None)


def memory(run: Run, wanted: Form) -> dict[str, Any]:
    """The row as it stands; a typical one when the columns are others than before."""
    row = state.get("ask")
    if not row or row["data"] != run.experiment.data:
        row = {"data": run.experiment.data, "values": wanted.usual, "number": None, "example": None}
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
        found = engine().predict(example, run.experiment, engine().folder, int(number) - 1)
    except UserError as error:
        state.put("ask.problem", str(error))
        return
    state.put("ask", state.get("ask") | {"values": dict(found.values), "number": int(number) - 1, "example": found})


def take_typical(wanted: Form) -> None:
    state.put("ask", state.get("ask") | {"values": wanted.usual, "number": None, "example": None})


def put(column: str, value: Any) -> None:
    row = state.get("ask")
    state.put("ask", row | {"values": {**row["values"], column: value}})


def ask(wanted: Form, row: dict[str, Any]) -> None:
    """A widget for every input."""
    tall = len(wanted.fields) > 20
    with (
        st.container(height=TALL if tall else "content", border=tall),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        for field in wanted.fields:
            widget(field, row["values"].get(field.column))


def widget(field: Field, value: Any) -> None:
    key, label, change = f"ask.{field.column}", plain(field.column), partial(put, field.column)
    if field.kind == "number":
        number(field, key, label, value)
    elif field.kind == "yes-no" and not field.gaps and field.levels in YES:
        with st.container(width=WIDE, height=38, vertical_alignment="center", border=False):
            yes = lambda on: change(field.levels[int(on)])  # noqa: E731
            controls.toggle(label, key, value == field.levels[1], yes, f"Off: {field.levels[0]}, on: {field.levels[1]}.")
    else:
        options: dict[str | None, str] = {level: level for level in field.levels}
        if field.gaps and MISSING not in options:
            options = {None: "not known", **options}
        controls.select(label, key, value, options, change, f"One of {len(field.levels)} in the table.", width=WIDE)


def number(field: Field, key: str, label: str, value: Any) -> None:
    """Empty where the value is not known, if the column allows that."""
    cast = int if field.whole else float
    shown = None if value is None else cast(value)
    if shown is not None and shown != value:
        cast, shown = float, float(value)
    default: Any = None if field.gaps else "min"
    help = f"From {short(field.low)} to {short(field.high)} in the table." + (" Empty: not known." if field.gaps else "")
    style: dict[str, Any] = {"format": "%d" if cast is int else "%g", "width": WIDE, "placeholder": "not known"}
    told = lambda: put(field.column, state.value(key))  # noqa: E731
    st.number_input(label, value=default, step=cast(field.step), key=state.bind(key, shown), help=help, on_change=told, **style)


def answers(run: Run, row: dict[str, Any]) -> None:
    told = engine().predict(predict, run.checkpoint, engine().folder, row["values"])
    epoch = f"after {int(run.epoch):,} of {run.experiment.training.epochs:,} epochs"
    st.markdown(f"##### What the network says {epoch if run.step else 'before it has learned anything'}")
    for number, task in enumerate(told):
        with st.container(border=True):
            answer(run, number, task, truth(run, row, task["column"]))


def truth(run: Run, row: dict[str, Any], column: str) -> str:
    """What the table says of an unchanged row; never of a test row before the end."""
    found = row["example"]
    if found is None or row["values"] != found.values or (found.part == "test" and run.status != "finished"):
        return ""
    value = found.answers.get(column)
    return "" if value is None else f" · the table says **{plain(short(value) if isinstance(value, float) else value)}**"


def answer(run: Run, number: int, task: dict[str, Any], truth: str) -> None:
    name, unit = plain(task["column"]), run.facts["units"].get(task["column"], "")
    if task["kind"] == "regression":
        st.markdown(f"{name}: **{plain(spread(band_of(task['value']), unit))}**{truth}")
        st.caption(f"Standardised: {spread(band_of(task['standardised']))}. {STANDARD}")
        return
    threshold = float(state.get("ask.thresholds", {}).get(task["column"], 0.5))
    st.markdown(f"{name}: **{plain(decide(task, threshold))}**{truth}")
    if task["kind"] == "binary":
        change = partial(set_threshold, task["column"])
        controls.slider("Threshold", f"ask.threshold.{number}", threshold, change, THRESHOLD, 0.0, 1.0, 0.01)
    classes(task, number, run.experiment.replicas > 1)


def set_threshold(column: str, value: float) -> None:
    state.put("ask.thresholds", {**state.get("ask.thresholds", {}), column: value})


def classes(task: dict[str, Any], number: int, several: bool) -> None:
    """Every class with its probability and what the network gave for it."""
    logits = task["logits"] if task["kind"] == "multiclass" else [None, *task["logits"]]
    rows = [
        {
            "Answer": name,
            "Probability": chance["mean"],
            **({"Over the networks": f"{short(chance['low'])} to {short(chance['high'])}"} if several else {}),
            "Logit": short(logit["mean"]) if logit else "0",
        }
        for name, chance, logit in zip(task["classes"], task["probabilities"], logits, strict=True)
    ]
    columns = {
        "Probability": st.column_config.ProgressColumn(
            "Probability", min_value=0.0, max_value=1.0, format="%.3f", width="medium"
        ),
        "Logit": st.column_config.TextColumn("Logit", help=LOGIT),
    }
    st.dataframe(pd.DataFrame(rows), hide_index=True, column_config=columns, key=f"ask.classes.{number}",
                 height="content" if len(rows) <= 10 else 380)  # fmt: skip

"""What the network says of a row, task by task: the answer, and the numbers it comes from. Layout only."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from core.predict import Heard, decide, heard, predict
from core.runs import engine
from core.runs.run import Run
from pages.parts import controls, state
from pages.parts.plain import plain
from pages.parts.words import amount, band_of, short, spread

UNKNOWN = 12
"""So many unknown words are named."""
STANDARD = "0 is the mean of the training rows, 1 is one standard deviation above it."
THRESHOLD = "Yes from this probability on. Lower: more of the yes are found, and more false alarms come along."
LOGIT = "What the network gives before it is turned into a probability: the larger, the likelier; 0 is even odds for yes or no."


def answers(run: Run, row: dict[str, Any]) -> None:
    told = engine().predict(run.person, predict, run.checkpoint, engine().place(run), row["values"])
    epoch = f"after {int(run.epoch):,} of {run.experiment.training.epochs:,} epochs"
    st.markdown(f"##### What the network says {epoch if run.step else 'before it has learned anything'}")
    if sentence := unread(engine().predict(run.person, heard, run.checkpoint, engine().place(run), row["values"])):
        st.caption(sentence)
    for number, task in enumerate(told):
        with st.container(border=True):
            answer(run, number, task, truth(run, row, task["column"]))


def unread(found: Heard | None) -> str:
    """What of a text the network does not get to see; empty where that is nothing."""
    if found is None:
        return ""
    if not found.words:
        return "There is no word in it: the network answers as to an empty text."
    said = [f"Of {found.words:,} words the first {found.read:,} are read."] if found.read < found.words else []
    if found.unknown:
        names = ", ".join(map(plain, found.unknown[:UNKNOWN])) + (" …" if len(found.unknown) > UNKNOWN else "")
        said.append(f"In no training row, so unknown to it: {names}.")
    return " ".join(said)


def truth(run: Run, row: dict[str, Any], column: str) -> str:
    """What the table says of an unchanged row; never of a test row before the end."""
    found = row["example"]
    if found is None or row["values"] != found.values or (found.part == "test" and run.status != "finished"):
        return ""
    value = found.answers.get(column)
    return "" if value is None else f" · the table says **{plain(amount(value) if isinstance(value, float) else value)}**"


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
            "Logit": short(logit["mean"]) if logit else "–",
            **({"Over the networks": f"{chance['low']:.3f} to {chance['high']:.3f}"} if several else {}),
        }
        for name, chance, logit in zip(task["classes"], task["probabilities"], logits, strict=True)
    ]
    columns = {
        "Probability": st.column_config.ProgressColumn(
            "Probability", min_value=0.0, max_value=1.0, format="%.3f", width="small"
        ),
        "Logit": st.column_config.TextColumn("Logit", help=LOGIT),
    }
    st.dataframe(pd.DataFrame(rows), hide_index=True, column_config=columns, key=f"ask.classes.{number}",
                 height="content" if len(rows) <= 10 else 380)  # fmt: skip

"""How it learned: live while it trains; at rest, curves to look into and scores beside the baselines. Layout only."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from core.charts import loss_curves
from core.runs.run import Run
from core.runs.wire import band, banded, scene
from core.training.advance import Record
from core.training.metrics import METRICS, Metric
from pages.parts import controls, live, state
from pages.parts.plain import plain
from pages.parts.theme import is_dark
from pages.parts.words import short, spread

LIVE, TALL = 560, 620
"""Pixels: the live part's height, and that of the scores where they scroll, with more than a few tasks."""
FEW, MOST = 4, 2000
"""The most tasks whose scores stand below each other; the most epochs that a figure draws."""
SCORES = (
    "Training rows it learned from, validation rows it did not. *Naive* always gives the most frequent answer, or the mean; "
    "*linear* is a logistic or linear regression. A network should beat both on validation rows."
)
NOTHING = "Nothing has been learned yet. Train to the end here; or press Play on the Playground, and come back."
SHOW = "What the curves show, over the epochs."
LOG = "Each line of the axis is ten times the one below: small differences late in training become visible."


def learning() -> None:
    run = state.run()
    if run.status == "playing":
        live.outputs(run.id, ("loss", "metrics"), LIVE, key="results.live")
        return
    left, right = st.columns([0.57, 0.43], gap="medium")
    with left:
        curves()
    with right:
        scores(run)


@st.fragment
def curves() -> None:
    run = state.run()
    if len(run.records) < 2:
        st.info(NOTHING, icon=":material/play_circle:")
        return
    tasks = scene(run)["tasks"]
    shown, log = str(state.get("results.shown", "loss")), bool(state.get("results.log", False))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        controls.select("Show", "results.shown", shown, choices(run), partial(state.put, "results.shown"), SHOW, width=300)
        controls.toggle("Logarithmic axis", "results.log", log, partial(state.put, "results.log"), LOG)
    every = -(-len(run.records) // MOST)
    drawn = [banded(record) for record in run.records[::every]]
    st.plotly_chart(loss_curves.figure(drawn, tasks, shown, log, is_dark()), key="results.curves")
    thinned = f" Every {every}th epoch is drawn." if every > 1 else ""
    st.caption(f"{loss_curves.HELP} Drag over a part to enlarge it; a double click shows all.{thinned}")


def choices(run: Run) -> dict[str, str]:
    kinds = {task.kind for task in run.experiment.tasks}
    found = {"loss": "Loss of each task", "primary": "Main score of each task"}
    if "regression" in kinds:
        found["loss_units"] = "Loss in the columns' units"
    return found | {metric.name: metric.title for kind in sorted(kinds) for metric in METRICS[kind]}


def scores(run: Run) -> None:
    """Every score of the last epoch, training beside validation beside the baselines."""
    record = run.records[-1]
    with st.container(height="content" if len(run.experiment.tasks) <= FEW else TALL, border=False):
        for number, task in enumerate(run.experiment.tasks):
            unit = run.facts["units"].get(task.column, "")
            st.markdown(f"**{plain(task.column)}**{f', errors in {plain(unit)}' if unit else ''}")
            beside = run.baseline[number] if run.baseline else {}
            table([score(metric, record, number, beside.get(metric.name, {})) for metric in METRICS[task.kind]])
    st.caption(SCORES)


def score(metric: Metric, record: Record, number: int, beside: dict[str, float]) -> dict[str, str]:
    learned, checked = (band(record[part][number].get(metric.name, [])) for part in ("train", "validation"))
    return {
        "Score": metric.title,
        "Training": short(learned[0]),
        "Validation": f"**{spread(checked)}**",
        "Naive": short(beside.get("naive")),
        "Linear": short(beside.get("linear")),
    }


def table(rows: list[dict[str, Any]]) -> None:
    """Rows as text that can be read and copied."""
    st.table(pd.DataFrame(rows), border="horizontal", hide_index=True)

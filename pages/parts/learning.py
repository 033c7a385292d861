"""How it learned: live while it trains; at rest, curves to look into and scores beside the baselines. Layout only."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from core.charts import loss_curves
from core.runs.run import Run
from core.runs.wire import band, banded, scene
from core.training.metrics import METRICS
from pages.parts import controls, live, state
from pages.parts.plain import plain
from pages.parts.theme import is_dark
from pages.parts.words import short, spread

LIVE, MOST = 520, 2000
"""Height of the live part in pixels; the most epochs that a figure draws."""
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
    st.markdown("##### How it learned")
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
    st.markdown("##### What it scores")
    rows = []
    for number, task in enumerate(run.experiment.tasks):
        unit = run.facts["units"].get(task.column, "")
        beside = run.baseline[number] if run.baseline else {}
        parts = {name: {key: band(values) for key, values in record[name][number].items()} for name in ("train", "validation")}
        for place, metric in enumerate(METRICS[task.kind]):
            known = beside.get(metric.name, {})
            rows.append(
                {
                    "Task": plain(task.column) if place == 0 else "",
                    "Score": f"{metric.title} ({unit})" if unit and metric.in_units else metric.title,
                    "Training": spread(parts["train"].get(metric.name, [None] * 3)),
                    "Validation": f"**{spread(parts['validation'].get(metric.name, [None] * 3))}**",
                    "Naive": short(known.get("naive")),
                    "Linear": short(known.get("linear")),
                }
            )
    table(rows)
    st.caption(SCORES)


def table(rows: list[dict[str, Any]]) -> None:
    """Rows as text that can be read and copied; a long table scrolls by itself."""
    st.table(pd.DataFrame(rows), border="horizontal", hide_index=True, height="content" if len(rows) <= 12 else 460)

"""How it learned: live while it trains; at rest, curves to look into and scores beside the baselines. Layout only."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from core.charts import loss_curves
from core.runs.run import Run
from core.runs.wire import band, banded, scene
from core.training.advance import Record
from core.training.metrics import METRICS, Metric, primary
from pages.parts import controls, live, state, wrapped
from pages.parts.plain import plain
from pages.parts.theme import is_dark
from pages.parts.words import NAIVE, short, spread

LIVE, LOSSES, PULLS, SHARING, MOST = 560, 190, 560, 420, 2000
"""The live parts' heights in pixels; the most epochs that a figure draws."""
BASELINES = f"**Naive**: {NAIVE}. **Linear**: a logistic or linear regression. A network should beat both."
SCORES = f"Training rows it learned from, validation rows it did not. {BASELINES}"
NOTHING = "Nothing has been learned yet. Press Play above, or train at full speed to the end."
NO_CURVE = "It stopped before the first epoch was over, so there is no curve to show."
SHOW = "What the curves show, over the epochs."
LOG = "Each line of the axis is ten times the one below: small differences late in training become visible."
DETAILS = "Which task's scores to look at."


def learning() -> None:
    run = state.run()
    if run.status == "playing":
        middle = [("pull", PULLS)] * pulled(run) + [("sharing", SHARING)] * shared(run)
        parts = ("loss", *(name for name, _ in middle), "metrics")
        live.outputs(state.address(), parts, LIVE + sum(height for _, height in middle), key="results.live", detail=True)
        return
    left, right = wrapped.columns("learning", [0.57, 0.43])
    with left:
        curves()
    with right:
        scores(run)
    pulls(run)


def pulled(run: Run) -> bool:
    return bool(run.records) and "pull" in run.records[0]


def shared(run: Run) -> bool:
    """Whether the network learns how to share: gates, stitches, copies that are drawn together."""
    return bool(run.records) and "sharing" in run.records[0]


def pulls(run: Run) -> None:
    """Who pulls where, and what the sharing learned, epoch by epoch, at rest; the losses above have the strip to click."""
    below = [("pull", PULLS)] * pulled(run) + [("sharing", SHARING)] * shared(run)
    if below:
        parts, height = ("loss", *(name for name, _ in below)), LOSSES + sum(height for _, height in below)
        live.outputs(state.address(), parts, height, key="results.pulls", bare=True, detail=True)


@st.fragment
def curves() -> None:
    run = state.run()
    if len(run.records) < 2:
        st.info(NO_CURVE if run.status == "failed" else NOTHING, icon=":material/play_circle:")
        return
    tasks = scene(run)["tasks"]
    found = choices(run)
    shown = str(state.get("results.shown", "loss"))
    shown = shown if shown in found else "loss"
    exploded = run.status == "failed" and shown.startswith("loss")  # on a plain axis only the explosion would be seen
    log = bool(state.get("results.log", exploded))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        controls.select("Show", "results.shown", shown, found, partial(state.put, "results.shown"), SHOW, width=300)
        controls.toggle("Logarithmic axis", "results.log", log, partial(state.put, "results.log"), LOG)
    every = -(-len(run.records) // MOST)
    records = run.records[::every] if (len(run.records) - 1) % every == 0 else [*run.records[::every], run.records[-1]]
    drawn = [banded(record) for record in records]
    st.plotly_chart(loss_curves.figure(drawn, tasks, shown, log, is_dark()), key="results.curves")
    thinned = f" Every {every}th epoch is drawn." if every > 1 else ""
    st.caption(f"{loss_curves.HELP} Drag over a part to enlarge it; a double click shows all.{thinned}")


def choices(run: Run) -> dict[str, str]:
    kinds = {task.kind for task in run.experiment.tasks}
    several = len(run.experiment.tasks) > 1
    found = {"loss": "Loss of each task" if several else "Loss"}
    if several:
        found["primary"] = "Main score of each task"
    if "regression" in kinds:
        found["loss_units"] = "Loss in the columns' units" if several else "Loss in the column's units"
    return found | {metric.name: metric.title for kind in sorted(kinds) for metric in METRICS[kind]}


def scores(run: Run) -> None:
    """The last epoch's main score of every task but auxiliary ones, training beside validation beside the baselines; all
    scores of one of them."""
    numbers = range(len(run.experiment.tasks))
    if len(numbers) > 1:
        scored = [number for number in numbers if not run.experiment.tasks[number].auxiliary]
        titles = {number: {metric.name: metric for metric in METRICS[run.experiment.tasks[number].kind]} for number in numbers}
        mains = {number: titles[number][primary(run.experiment.tasks[number].kind)] for number in numbers}
        table([{"Task": plain(run.experiment.columns[at]), **score(run, mains[at], at)} for at in scored])
        every(run, choose("All scores of", "results.details", list(run.experiment.columns), DETAILS))
    else:
        every(run, 0)
    st.caption(SCORES)


def every(run: Run, number: int) -> None:
    table([score(run, metric, number) for metric in METRICS[run.experiment.tasks[number].kind]])


def choose(label: str, key: str, columns: list[str], help: str) -> int:
    """Which task to look at, by its number."""
    titles = dict(enumerate(columns))
    chosen = state.get(key, 0)
    chosen = chosen if chosen in titles else 0
    controls.select(label, key, chosen, titles, partial(state.put, key), help, width=360)
    return chosen


def score(run: Run, metric: Metric, number: int) -> dict[str, str]:
    record: Record = run.records[-1]
    learned, checked = (
        band(record[part][number].get(metric.name, [])) if record[part] else [None] * 3 for part in ("train", "validation")
    )
    beside: dict[str, float] = run.baseline[number].get(metric.name, {}) if run.baseline else {}
    plainly = not metric.in_units
    return {
        "Score": titled(metric, run.facts["units"].get(run.experiment.columns[number], "")),
        "Training": short(learned[0], fixed=plainly),
        "Validation": f"**{spread(checked, fixed=plainly)}**",
        "Naive": short(beside.get("naive"), fixed=plainly),
        "Linear": short(beside.get("linear"), fixed=plainly),
    }


def titled(metric: Metric, unit: str) -> str:
    return f"{metric.title} ({plain(unit)})" if unit and metric.in_units else metric.title


def table(rows: list[dict[str, Any]]) -> None:
    """Rows as text that can be read and copied."""
    st.table(pd.DataFrame(rows), border="horizontal", hide_index=True)

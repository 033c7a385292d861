"""What is being trained on what, why it stopped, and the way straight to the end. The page follows by itself.

Layout only. The transport bar above starts and stops the run and draws what moves fast; the page's own script does not
hear of that, so here is looked once a second whether the rest of the page has to be drawn anew.
"""

import time

import streamlit as st

from core.runs import engine
from core.runs.run import Run
from pages.parts import state
from pages.parts.plain import plain
from pages.parts.words import counted

SOON, TICK, PATIENCE = 0.3, 1.0, 10.0
"""Seconds between two looks, after a click and later; and how long a click is believed to have an effect."""
GO = "Goes on as fast as it can until the last epoch; the test rows are looked at then."


def awaited(run: Run) -> bool:
    """Whether the look at the test rows is on its way."""
    return run.status == "finished" and run.report is None and bool(run.facts["rows"]["test"])


def asked(run: Run) -> bool:
    """Whether a click on the button has not shown yet."""
    where, until = state.get("results.asked", ((), 0.0))
    return where == (run.id, run.start, run.status) and time.monotonic() < until


def stage(run: Run) -> tuple:
    """What the rest of the page depends on: when it changes, the page is drawn anew."""
    learned = run.records[-1]["step"] if run.status != "playing" else None
    return run.id, run.start, run.version, run.status, learned, run.report is not None, run.baseline is not None


def progress() -> None:
    run = state.run()
    drawn = stage(run)

    @st.fragment(run_every=SOON if asked(run) else TICK)
    def watch() -> None:
        if stage(run) != drawn:
            st.rerun()
        bar(run)

    watch()


def bar(run: Run) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        if run.status == "failed":
            st.error(plain(run.message), icon=":material/error:", width="stretch")
            return
        st.markdown(sentence(run), width="stretch")
        if run.status != "finished" and not (run.status == "playing" and run.speed is None):
            st.button("Train at full speed to the end", icon=":material/fast_forward:", key="results.train", help=GO,
                      on_click=train)  # fmt: skip


def sentence(run: Run) -> str:
    """What is learned from what; at the end, what has become of it."""
    rows, replicas = run.facts["rows"], run.experiment.replicas
    parts = {"training": rows["train"], "validation": rows["validation"], "test": rows["test"]}
    kept = ", ".join(f"{number:,} {part}" for part, number in parts.items() if number)
    said = [f"**{plain(run.facts['title'])}**", counted(len(run.experiment.tasks), "task"), f"{kept} rows"]
    if replicas > 1:
        said.append(f"{replicas} networks at once")
    if awaited(run):
        said.append("looking at the test rows …")
    elif run.status == "finished" and run.report:
        said.append("trained to the end: *Test rows* has the scores")
    return " · ".join(said)


def train() -> None:
    if state.refused():
        return
    run = state.own()
    state.put("results.asked", ((run.id, run.start, run.status), time.monotonic() + PATIENCE))
    engine().command(run, "speed", None)
    if run.status != "playing":
        engine().command(run, "play")

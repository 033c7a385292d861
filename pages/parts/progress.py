"""Where the run stands, and the button that trains it to the end. The page follows by itself while something moves.

Layout only. What moves fast is drawn by the live component; here is looked once a second, and only as long as the run
plays or its report is awaited.
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
GO = "Trains as fast as it can until the last epoch; the test rows are looked at then."
TESTED = ": *Test rows* has the scores"
STOP = "Stops where it is; nothing is lost."


def moving(run: Run) -> bool:
    """Whether the page has something to wait for."""
    return run.status == "playing" or awaited(run) or asked(run)


def awaited(run: Run) -> bool:
    """Whether the look at the test rows is on its way."""
    return run.status == "finished" and run.report is None and bool(run.facts["rows"]["test"])


def asked(run: Run) -> bool:
    """Whether a click on the button has not shown yet."""
    where, until = state.get("results.asked", ((), 0.0))
    return where == (run.id, run.start, run.status) and time.monotonic() < until


def stage(run: Run) -> tuple:
    """What the rest of the page depends on: when it changes, the page is drawn anew."""
    return run.id, run.start, run.status, run.report is not None, run.baseline is not None


def progress() -> None:
    run = state.run()
    drawn = stage(run)
    tick = (SOON if asked(run) else TICK) if moving(run) else None

    @st.fragment(run_every=tick)
    def watch() -> None:
        if stage(run) != drawn or moving(run) != bool(tick):
            st.rerun()
        bar(run)

    watch()


def bar(run: Run) -> None:
    words, button = st.columns([0.78, 0.22], vertical_alignment="bottom", gap="medium")
    with words:
        st.progress(min(1.0, run.step / max(1, run.steps)), text=sentence(run))
    with button:
        if run.status == "playing":
            st.button(
                "Pause",
                icon=":material/pause:",
                key="results.pause",
                help=STOP,
                width="stretch",
                on_click=tell,
                args=("pause",),
            )
        else:
            name = "Start again" if run.status == "failed" else "Train to the end"
            st.button(name, icon=":material/fast_forward:", key="results.train", type="primary", width="stretch",
                      help=GO, disabled=run.status == "finished", on_click=train)  # fmt: skip


def sentence(run: Run) -> str:
    title, epochs = plain(run.facts["title"]), run.experiment.training.epochs
    where = f"**{title}** · epoch {int(run.epoch):,} of {epochs:,} · {counted(run.step, 'step')}"
    if run.experiment.replicas > 1:
        where += f" · {run.experiment.replicas} networks at once"
    last = {
        "ready": "nothing learned yet",
        "playing": f"training, {run.rate:,.0f} steps a second",
        "paused": "paused",
        "finished": "looking at the test rows …" if awaited(run) else f"trained to the end{TESTED if run.report else ''}",
        "failed": plain(run.message),
    }
    return f"{where} · {last[run.status]}"


def train() -> None:
    run = state.run()
    state.put("results.asked", ((run.id, run.start, run.status), time.monotonic() + PATIENCE))
    if run.status == "failed":
        engine().command(run, "rewind")
        return
    engine().command(run, "speed", None)
    engine().command(run, "play")


def tell(command: str) -> None:
    engine().command(state.run(), command)

"""When is which task trained: the timeline with its bars, and the few numbers beside it. Layout only."""

import streamlit as st

from core.experiment import Experiment
from pages.parts import controls, state
from pages.parts.room_part import part
from pages.parts.timeline import ROW, timeline

TITLE = "When is which task trained"
HELP = (
    "Drag the ends of a bar, or use the arrow keys. Outside its bar a task stands still. Drag the ring to let its weight grow "
    "from nothing up to there."
)
WARM = "The run begins with so many epochs of equal weights; then the task weights take over."
EARLY = "A task whose validation loss has not fallen for a while stops: its own layers freeze, the others go on."
PATIENCE = "For so many epochs a task waits for a lower validation loss before it stops."
USUAL = 10
WIDTH, REST, MOST = 620, 250, 560
"""Of what the button unfolds, full or still empty: a popover finds its place by its first size. REST: all but the bars."""


def timeline_popover() -> None:
    """The button that unfolds the timeline; nothing where there is but one task, which has no other to take turns with."""
    tasks = len(state.document().tasks)
    if tasks < 2:
        return
    height = min(MOST, REST + ROW * (tasks + 1))
    popover = st.popover(TITLE, icon=":material/calendar_view_week:", key="when", on_change="rerun")
    with popover, st.container(height=height, width=WIDTH, border=False):
        if popover.open:
            with part("training", "timeline"):
                timeline_forms()


def timeline_forms() -> None:
    document = state.document()
    line = document.timeline
    st.caption(HELP)
    timeline(document, state.address(), "timeline")
    left, middle, right = st.columns([0.34, 0.36, 0.3], vertical_alignment="bottom")
    with left:
        change = controls.at("timeline.warm_up")
        controls.number("Epochs of equal weights", "timeline.warm", line.warm_up, change, WARM, 0, None, 1)
    with middle:
        early = line.patience is not None
        controls.toggle("Stop early, each by itself", "timeline.early", early, _early, EARLY)
    with right:
        if line.patience is not None:
            change = controls.at("timeline.patience")
            controls.number("Epochs it waits", "timeline.patience", line.patience, change, PATIENCE, 1, None, 1)


def _early(on: bool) -> None:
    state.attempt(lambda: _patient(state.document(), USUAL if on else None), draft=False)


def _patient(document: Experiment, epochs: int | None) -> Experiment:
    return document.changed("timeline.patience", epochs)

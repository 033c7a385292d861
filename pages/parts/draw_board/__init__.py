"""The board on which one draws a table of one's own: points of one or two inputs, with answers to up to three tasks.

A browser component that shows what is drawn and hands back all of it after each stroke; `core.data.drawing` makes a document
of that. Knows nothing of training.
"""

from pathlib import Path
from typing import Any

import streamlit as st

from core.charts.palette import task_color
from core.data.drawing import drawable, drawn
from core.data.samples import HAND_DRAWN, SAMPLES
from core.data.samples.drawn_points import FEW, MOST_TASKS
from core.experiment import Experiment
from pages.parts import state
from pages.parts.bundle import bundle
from pages.parts.data_panel import take_sample

FOLDER = Path(__file__).parent
KEY = "draw"
OFFER = "A board, a brush and an eraser: points of classes or values for up to three tasks, with one input or two."
INSTEAD = "Takes the place of the table that is here, with a few points to begin with."

_COMPONENT = st.components.v2.component(
    "draw_board",
    html=(FOLDER / "board.html").read_text(encoding="utf-8"),
    css=(FOLDER / "board.css").read_text(encoding="utf-8"),
    js=bundle(FOLDER, "main.js"),
)


def draw() -> None:
    """The board, where the data are drawn on it; else a button that begins with it."""
    document = state.document()
    if not drawable(document):
        with st.container(horizontal=True, vertical_alignment="center"):
            name = f"{KEY}.begin"
            st.button("Draw your own", icon=":material/draw:", key=name, help=INSTEAD, on_click=take_sample, args=(HAND_DRAWN,))
            st.caption(OFFER)
        return
    st.subheader("Draw your own", anchor=False)
    colors = [list(task_color(number)[:2]) for number in range(MOST_TASKS)]
    data = {"board": board_of(document), "heard": state.get(f"{KEY}.heard"), "says": _says(), "colors": colors}
    _COMPONENT(key=KEY, data=data, on_drawn_change=_hear)


def board_of(experiment: Experiment) -> dict[str, Any]:
    """What is drawn, as the browser has it."""
    _, params = SAMPLES.resolve(HAND_DRAWN, experiment.data.source.params)
    return params.model_dump(mode="json", include={"inputs", "tasks", "drawn"})


def _hear() -> None:
    """Takes up what was drawn. Too few points are kept as a draft, so that one can go on drawing."""
    board: Any = getattr(state.value(KEY), "drawn", None)
    if isinstance(board, dict):
        state.put(f"{KEY}.heard", board.get("n"))
        state.attempt(lambda: drawn(state.document(), board))


def _says() -> str:
    """What is missing, or how the points are used."""
    if state.waiting():
        return state.problem() or ""
    rows = state.run().facts["rows"]
    if not rows["validation"] and not rows["test"]:
        return f"All {rows['train']:,} points train. From {FEW} on, some are kept to check what was learned."
    return f"{rows['train']:,} points train; {rows['validation']:,} check it on the way, {rows['test']:,} test it at the end."

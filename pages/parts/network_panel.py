"""The Playground's middle: the network as a picture to design in, and the controls most often used. Layout only.

It is a fragment: a click in it draws it anew and nothing else, as long as nothing else on the page speaks of what was changed.
"""

from functools import partial
from typing import Any

import streamlit as st

from core.charts.palette import task_color
from core.experiment import Experiment
from core.network.activations import ACTIVATIONS
from core.network.edit import apply
from core.network.shapes import shapes
from core.weighting import SCHEMES, top
from pages.parts import controls, state
from pages.parts.activation_select import activation_select
from pages.parts.network_diagram import network_diagram, spec_of
from pages.parts.plain import plain
from pages.parts.presets_box import chosen_preset
from pages.parts.room_part import part
from pages.parts.sampling_forms import sampling_forms
from pages.parts.scheme_forms import BY_HAND, WEIGHT, Draw, pretence, scheme_select, split
from pages.parts.sharing_forms import sharing_forms
from pages.parts.switch import activations_switch
from pages.parts.task_forms import loss
from pages.parts.text_forms import text_forms
from pages.parts.timeline_forms import timeline_popover
from pages.parts.training_forms import batch, moves, rate, restraint, run_length

HEIGHT = 450
ROW, ROWS, ROW_HEIGHT = 3, 3, 78
"""Weights stand three in a row, in at most three rows, for which the picture makes room."""
MORE = 560
"""Height of what "More settings" unfolds, full or still empty: a popover finds its place by its first size."""


def network_panel() -> None:
    state.put("beside", beside())
    panel()


def beside() -> tuple:
    """What the rest of the page says of the document that can be changed here, if only by an undo."""
    document = state.document()
    return state.problem(), state.waiting(), chosen_preset(document), document.data, document.columns


@st.fragment
def panel() -> None:
    if beside() != state.get("beside"):
        st.rerun()
    document = state.document()
    rows = min(ROWS, -(-len(document.tasks) // ROW))
    diagram(HEIGHT - ROW_HEIGHT * max(0, rows - 2), "network")
    places = st.columns([0.3, 0.21, 0.27, 0.22], vertical_alignment="bottom")
    with places[0]:
        activations_switch("nonlinear")
    with places[1], part("activations", "select"):
        activation_select("activation")
    with places[2], part("training", "rate"):
        rate()
    with places[3], part("training", "batch"):
        batch()
    with part("weighting", "panel"):
        _weights(document)
    with st.container(horizontal=True):
        more = st.popover(
            "More settings",
            icon=":material/tune:",
            key="more",
            on_change="rerun",
        )
        timeline_popover()
    with more, st.container(height=MORE, width=MORE, border=False):
        if more.open:
            _more(document)


def diagram(height: int, key: str) -> None:
    """The picture of the network; an edit in it changes the document before the page is drawn anew."""
    document, facts = state.document(), state.run().facts
    colors = {column: task_color(number)[:2] for number, column in enumerate(document.columns)}
    titles = {name: module.TITLE for name, module in ACTIVATIONS.items()}
    sizes = shapes(document, facts["features"], facts["outputs"], facts["words"])
    spec = spec_of(document, sizes, colors, titles, [*document.texts, *facts["feature_names"]])
    with part("network", key):
        run, hears = state.run(), lambda: edited(state.value(key).edit)
        network_diagram(spec, height, key, run.version, state.address(), on_edit=hears, steps=state.steps())


def edited(op: Any) -> None:
    """An edit in the picture: of the network, or an undo or redo of any change of the document."""
    name = op.get("op") if isinstance(op, dict) else None
    if name == "undo":
        state.undo()
    elif name == "redo":
        state.redo()
    else:
        state.attempt(lambda: apply(state.document(), op), draft=state.waiting())


def _weights(document: Experiment) -> None:
    """The scheme, and beside it the tasks' weights, or where a scheme finds those as much of its own as there is room for."""
    if len(document.tasks) < 2:
        return
    shown = top(document)[: ROW * ROWS]
    by_hand = document.weighting.name in BY_HAND
    draws: list[Draw] = split(document, len(shown))[0]
    if by_hand:
        draws = [partial(_weight, document, name) for name in shown]
    for first in range(0, max(len(draws), 1), ROW):
        scheme, *places = st.columns(
            [0.28, *[0.72 / ROW] * ROW] if len(shown) > 2 else [0.28, 0.36, 0.36], vertical_alignment="bottom"
        )
        if not first:
            with scheme:
                scheme_select("Task weights")
        for place, draw in zip(places, draws[first : first + ROW], strict=False):
            with place:
                draw()
    pretence(document.weighting)


def _weight(document: Experiment, column: str) -> None:
    """One task's weight; moving it makes the weighting a fixed one."""
    choice = document.weighting
    fixed = choice.params.get("weights", {}) if choice.name == "fixed" else {}

    def change(weight: float) -> None:
        state.set_value("weighting", {"name": "fixed", "params": {"weights": {**fixed, column: weight}}, "ema": choice.ema})

    controls.slider(plain(column), f"weight.{column}", float(fixed.get(column, 1.0)), change, WEIGHT, 0.0, 5.0, 0.1)


def _more(document: Experiment) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        with part("training", "moves"):
            moves()
        with part("tasks", "losses"):
            for number, task in enumerate(document.tasks):
                loss(number, task)
    with right:
        with part("network", "texts"):
            text_forms("more.text")
        with part("sharing", "more"):
            sharing_forms()
        with part("training", "length"):
            run_length()
        with part("weighting", "sampling"):
            sampling_forms()
        with part("training", "restraint"):
            restraint()
        if document.weighting.name not in BY_HAND and len(document.tasks) > 1:
            rest = split(document, len(top(document)[: ROW * ROWS]))[1]
            if rest:
                st.markdown(f"**Task weights: {SCHEMES[document.weighting.name].TITLE}**")
            with part("weighting", "more"):
                for draw in rest:
                    draw()

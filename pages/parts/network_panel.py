"""The Playground's middle: the network as a picture to design in, and the controls most often used. Layout only.

It is a fragment: a click in it draws it anew and nothing else, as long as nothing else on the page speaks of what was changed.
"""

from functools import partial

import streamlit as st

from core.charts.palette import task_color
from core.experiment import Experiment
from core.network.activations import ACTIVATIONS
from core.network.edit import apply
from core.network.shapes import shapes
from core.weighting import SCHEMES
from pages.parts import controls, state
from pages.parts.activation_select import activation_select
from pages.parts.network_diagram import network_diagram, spec_of
from pages.parts.plain import plain
from pages.parts.presets_box import chosen_preset
from pages.parts.scheme_forms import BY_HAND, WEIGHT, Draw, scheme_select, split
from pages.parts.switch import activations_switch
from pages.parts.task_forms import loss
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
    """What the rest of the page says of the document that can be changed here."""
    return state.problem(), state.waiting(), chosen_preset(state.document())


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
    with places[1]:
        activation_select("activation")
    with places[2]:
        rate()
    with places[3]:
        batch()
    _weights(document)
    more = st.popover(
        "More settings",
        icon=":material/tune:",
        key="more",
        on_change="rerun",
    )
    with more, st.container(height=MORE, width=MORE, border=False):
        if more.open:
            _more(document)


def diagram(height: int, key: str) -> None:
    """The picture of the network; an edit in it changes the document before the page is drawn anew."""
    document, facts = state.document(), state.run().facts
    colors = {column: task_color(number)[:2] for number, column in enumerate(document.columns)}
    titles = {name: module.TITLE for name, module in ACTIVATIONS.items()}
    sizes = shapes(document, facts["features"], facts["outputs"])
    spec = spec_of(document, sizes, colors, titles, facts["feature_names"])
    version = state.run().version
    network_diagram(
        spec, height, key, version, on_edit=lambda: state.attempt(lambda: apply(state.document(), state.value(key).edit))
    )


def _weights(document: Experiment) -> None:
    """The scheme, and beside it the tasks' weights, or where a scheme finds those as much of its own as there is room for."""
    if len(document.tasks) < 2:
        return
    shown = document.tasks[: ROW * ROWS]
    by_hand = document.weighting.name in BY_HAND
    draws: list[Draw] = split(document, len(shown))[0]
    if by_hand:
        draws = [partial(_weight, document, task.column) for task in shown]
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
        moves()
        for number, task in enumerate(document.tasks):
            loss(number, task)
    with right:
        run_length()
        restraint()
        if document.weighting.name not in BY_HAND and len(document.tasks) > 1:
            rest = split(document, len(document.tasks[: ROW * ROWS]))[1]
            if rest:
                st.markdown(f"**Task weights: {SCHEMES[document.weighting.name].TITLE}**")
            for draw in rest:
                draw()

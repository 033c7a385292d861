"""What one changes to see what activations do: the switch, the activation, how fast it learns. Layout only."""

import streamlit as st

from core.network.activations import ACTIVATIONS
from core.network.edit import set_activation_everywhere
from pages.parts import controls, state
from pages.parts.switch import activations_switch
from pages.parts.training_forms import batch, rate

ACTIVATION = "What every unit does to its sum. Another one is taken up while it trains: the weights stay."


def curve_controls() -> None:
    switch, activation, speed, rows = st.columns([0.24, 0.26, 0.28, 0.22], vertical_alignment="bottom")
    with switch:
        activations_switch("curves.nonlinear")
    with activation:
        activation_select("curves.activation")
    with speed:
        rate()
    with rows:
        batch()


def activation_select(key: str, **more: object) -> None:
    """One activation for all layers; “mixed” where they differ."""
    document = state.document()
    layers = [*document.network.trunk, *(layer for column in document.columns for layer in document.tower(column))]
    names = {layer.activation.name for layer in layers}
    current = names.pop() if len(names) == 1 else None
    titles: dict[str | None, str] = {} if current else {None: "mixed"}
    titles |= {name: module.TITLE for name, module in ACTIVATIONS.items()}
    controls.select("Activation", key, current, titles, _take, ACTIVATION, **more)


def _take(name: str | None) -> None:
    if name:
        state.attempt(lambda: set_activation_everywhere(state.document(), {"name": name}))

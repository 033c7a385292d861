"""What one changes to see what activations do: the switch, the activation, how fast it learns. Layout only."""

import streamlit as st

from pages.parts.activation_select import activation_select
from pages.parts.room_part import part
from pages.parts.switch import activations_switch
from pages.parts.training_forms import batch, rate


def curve_controls() -> None:
    switch, activation, speed, rows = st.columns([0.24, 0.26, 0.28, 0.22], vertical_alignment="bottom")
    with switch:
        activations_switch("curves.nonlinear")
    with activation, part("activations", "curves.select"):
        activation_select("curves.activation")
    with speed, part("training", "curves.rate"):
        rate()
    with rows, part("training", "curves.batch"):
        batch()

"""Curves: the same network with and without activations learns the same data in lock-step. Layout only."""

import streamlit as st

from core.data.points import editable
from pages.parts import live, state
from pages.parts.curve_controls import curve_controls
from pages.parts.curve_points import on_point
from pages.parts.curve_target import curve_target
from pages.parts.curve_twins import twin_button, twins_wanted
from pages.parts.curve_views import closer_look
from pages.parts.scroll import scroll_to_top

LEFT, RIGHT = 0.21, 0.79
HEIGHT, LOSS = 480, 175

scroll_to_top("curves")
twins_wanted()
run = state.run()
live.transport(run.id, key="transport")
left, right = st.columns([LEFT, RIGHT], gap="medium")
with left:
    curve_target()
with right:
    curve_controls()
    twin_button()
    live.outputs(
        run.id,
        ("view", "twins"),
        HEIGHT,
        key="curves",
        edit=editable(state.document()),
        features=run.facts["feature_names"],
        on_point=lambda: on_point("curves"),
    )
    live.outputs(run.id, ("loss",), LOSS, key="curves.loss", bare=True)
closer_look()
state.forget_problem()

"""Curves: the same network with and without activations learns the same data in lock-step. Layout only."""

import streamlit as st

from core.data.points import editable
from pages.parts import live, state, wrapped
from pages.parts.curve_controls import curve_controls
from pages.parts.curve_points import on_point
from pages.parts.curve_target import curve_target
from pages.parts.curve_twins import twin_button, twins_wanted
from pages.parts.curve_views import closer_look
from pages.parts.room_part import part
from pages.parts.scroll import scroll_to_top

LEFT, RIGHT = 0.21, 0.79
HEIGHT, TALL, LOSS = 480, 600, 175
WAITS = "Waits until the data can be learned from."
STYLE = """
<style>
@media (max-width: 1100px) {
  .st-key-wrapped-curves > [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"]
    > [data-testid="stColumn"]:first-child { order: 2; }
}
</style>
"""

scroll_to_top("curves")
twins_wanted()
run = state.run()
live.transport(state.address(), key="transport", asleep=WAITS if state.waiting() else "")
st.html(STYLE)
left, right = wrapped.columns("curves", [LEFT, RIGHT])
with left, part("data", "curves"):
    curve_target()
with right:
    curve_controls()
    with part("activations", "twin"):
        twin_button()
    live.outputs(
        state.address(),
        ("view", "twins"),
        HEIGHT if run.scene.get("kind") == "curve" else TALL,
        key="curves",
        edit=editable(state.document()) and not state.looking(),
        features=run.facts["feature_names"],
        on_point=lambda: on_point("curves"),
    )
    live.outputs(state.address(), ("loss",), LOSS, key="curves.loss", bare=True)
closer_look()
state.forget_problem()

"""Look inside: rows of the table on their way through the network as matrices, and their losses' gradients on the way back."""

import streamlit as st

from pages.parts import live, state
from pages.parts.faults import fault
from pages.parts.scroll import scroll_to_top
from pages.parts.walkthrough import walkthrough

ABOUT = (
    "Every number between a row of your table and its answer. Go from step to step with the buttons, the slider or the arrow "
    "keys; point at a number to see the sum that it is."
)

scroll_to_top("inside")
live.transport(state.address(), key="transport")
fault()
st.caption(ABOUT)
walkthrough(state.run(), state.address(), "walkthrough")
state.forget_problem()

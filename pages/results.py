"""Results: how it learned, what it is worth, what it says of one row, and all of it to take away."""

import streamlit as st

from pages.parts import learning, live, prediction, progress, state, take_away, unseen
from pages.parts.faults import fault
from pages.parts.scroll import scroll_to_top

scroll_to_top("results")
live.transport(state.run().id, key="transport")
fault()
progress.progress()
learned, test, ask, files = st.tabs(["How it learned", "Test rows", "Ask about a row", "Take away"], key="results.tabs")
with learned:
    learning.learning()
with test:
    unseen.unseen()
with ask:
    prediction.prediction()
with files:
    take_away.take_away()
state.forget_problem()

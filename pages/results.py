"""Results: how it learned, what it is worth, whether sharing helped, what it says of one row, and all of it to take away."""

import streamlit as st

from pages.parts import learning, live, prediction, progress, sharing_help, state, take_away, unseen
from pages.parts.faults import fault
from pages.parts.scroll import scroll_to_top

scroll_to_top("results")
live.transport(state.address(), key="transport")
fault()
progress.progress()
TABS = ["How it learned", "Test rows", "Does sharing help?", "Ask about a row", "Take away"]
learned, test, shared, ask, files = st.tabs(TABS, key="results.tabs")
with learned:
    learning.learning()
with test:
    unseen.unseen()
with shared:
    if sharing_help.enough():
        sharing_help.watch()
        sharing_help.twins("results")
        sharing = st.Page("sharing.py", title="Sharing")  # as `pages/_main.py` has it
        st.page_link(sharing, label="Every pair, and fewer labels", icon=":material/group_work:")
with ask:
    prediction.prediction()
with files:
    take_away.take_away()
state.forget_problem()

"""Playground, all on one screen: data left, network in the middle, what it has learned right, the transport bar above."""

import streamlit as st

from pages.parts import live, state
from pages.parts.panels import data_panel, network_panel

HEIGHT = 720

run = state.run()
live.transport(run.id, key="transport")
left, middle, right = st.columns([0.21, 0.43, 0.36], gap="medium")
with left:
    if state.problem():
        st.error(state.problem(), icon=":material/error:")
    data_panel()
if state.waiting():
    with middle:
        st.info("Mark what should be predicted.")
else:
    with middle:
        network_panel()
    with right:
        live.outputs(run.id, height=HEIGHT, key="outputs")
state.forget_problem()

"""Playground: everything on one screen. Data left, network in the middle, what it has learned right, the transport bar above."""

import streamlit as st

from pages.parts import live, state
from pages.parts.panels import data_panel, network_panel

HEIGHT = 720

run = state.run()
live.transport(run.id, key="transport")
left, middle, right = st.columns([0.22, 0.42, 0.36], gap="medium")
with left:
    data_panel()
with middle:
    network_panel()
with right:
    live.outputs(run.id, height=HEIGHT, key="outputs")

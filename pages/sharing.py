"""Sharing: whether tasks learn better together than alone, which with which, and with how few labels. Layout only."""

import streamlit as st

from pages.parts import live, sharing_help, state
from pages.parts.faults import fault
from pages.parts.scroll import scroll_to_top

scroll_to_top("sharing")
live.transport(state.address(), key="transport")
fault()
st.markdown("#### Do the tasks learn better together?")
if sharing_help.enough():
    sharing_help.watch()
    with st.container(border=True):
        sharing_help.twins("sharing")
    with st.container(border=True):
        sharing_help.matrix()
    with st.container(border=True):
        sharing_help.curve()
state.forget_problem()

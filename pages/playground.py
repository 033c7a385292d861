"""Playground, all on one screen: data left, network in the middle, what it has learned right, the transport bar above."""

import streamlit as st

from core.data.drawing import drawable
from pages.parts import live, state
from pages.parts.data_panel import data_panel, marking_panel
from pages.parts.network_panel import network_panel
from pages.parts.room_part import part
from pages.parts.scroll import scroll_to_top

LEFT, MIDDLE, RIGHT = 0.21, 0.43, 0.36
HEIGHT = 762
MARK = "Which columns should the network learn to predict? Click them, then press Done."
DRAW = "The points drawn are too few to learn from. Draw more on the page Data."

scroll_to_top("playground")
marking = state.waiting() or state.get("marking", False)
drawing = state.waiting() and bool(state.document().tasks) and drawable(state.document())
if marking:
    st.markdown(f"#### {DRAW if drawing else MARK}")
else:
    live.transport(state.address(), key="transport")
with st.container(key="playground"):
    left, *rest = st.columns([LEFT, MIDDLE + RIGHT] if marking else [LEFT, MIDDLE, RIGHT], gap="medium")
with left, part("data", "playground"):
    data_panel()
with rest[0]:
    if not marking:
        network_panel()
    elif not drawing:
        marking_panel()
if not marking:
    with rest[1], st.container(key="learned"):
        live.outputs(state.address(), height=HEIGHT, key="outputs")
state.forget_problem()

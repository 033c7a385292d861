"""What concerns all layers at once: presets, the large switch, where the tasks part. Layout only."""

import streamlit as st

from core.network import edit
from pages.parts import state
from pages.parts.layer_forms import do
from pages.parts.presets_box import box, note
from pages.parts.switch import activations_switch

LESS = "Hands the last shared layer to the tasks: from there on each has its own copy, and they go separate ways earlier."
MORE = "Makes the tasks' first own layers into one that all share (the widest is kept): they go separate ways later."

PRESET = "network.preset"


def head() -> None:
    """What concerns all layers: presets, the large switch, where the tasks part."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        with st.container(width=300):
            box(PRESET)
        with st.container(width="content"):
            activations_switch("network.nonlinear")
        if len(state.document().tasks) > 1:
            with st.container(horizontal=True, width="content", gap="small"):
                st.button(
                    "Share one layer less", icon=":material/call_split:", help=LESS, on_click=do, args=(edit.branch_earlier,)
                )
                st.button(
                    "Share one layer more", icon=":material/call_merge:", help=MORE, on_click=do, args=(edit.branch_later,)
                )
    note(PRESET)

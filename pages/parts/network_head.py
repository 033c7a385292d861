"""What concerns all layers at once: presets, the large switch, where the tasks part. Layout only."""

import streamlit as st

from core import presets
from core.network import edit
from pages.parts import state
from pages.parts.layer_forms import do

SWITCH = (
    "Takes the activation out of every layer, and puts back what was there, also while it trains. "
    "Without them the whole network is one straight line, however many layers it has."
)
SWITCHED = {True: "On: it can bend", False: "Out: straight lines only"}
LESS = "Hands the last shared layer to the tasks: from there on each has its own copy, and they go separate ways earlier."
MORE = "Makes the tasks' first own layers into one that all share (the widest is kept): they go separate ways later."
PRESET = "A network with its training settings that somebody has tried. Your data and your tasks stay."


def head() -> None:
    """What concerns all layers: presets, the large switch, where the tasks part."""
    document = state.document()
    known = {name: words["title"] for name, words in presets.about().items()}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.selectbox(
            "Preset", list(known), None, known.__getitem__, key="network.preset", help=PRESET, placeholder="Choose one",
            on_change=take_preset, width=260,
        )  # fmt: skip
        nonlinear = document.network.nonlinear
        st.segmented_control(
            "Activations", [True, False], key=state.bind("network.nonlinear", nonlinear), required=True, help=SWITCH,
            format_func=SWITCHED.__getitem__, on_change=switch,
        )  # fmt: skip
        with st.container(horizontal=True, width="content", gap="small"):
            st.button("Share one layer less", icon=":material/call_split:", help=LESS, on_click=do, args=(edit.branch_earlier,))
            st.button("Share one layer more", icon=":material/call_merge:", help=MORE, on_click=do, args=(edit.branch_later,))


def switch() -> None:
    do(edit.set_nonlinear, bool(state.value("network.nonlinear")))


def take_preset() -> None:
    """The list then shows none again: what came of it may be changed, and the preset taken once more."""
    name = state.value("network.preset")
    if name:
        state.bind("network.preset", None)
        state.attempt(lambda: presets.onto(presets.load(name), state.document()))

"""What is wrong with the last change, and the way back. Layout only."""

import streamlit as st

from pages.parts import state
from pages.parts.plain import plain


def fault() -> None:
    """The sentence; beside a change that no run could take up, a button that takes it back."""
    text = state.problem()
    if not text:
        return
    if not state.waiting():
        st.error(plain(text), icon=":material/error:")
        return
    words, button = st.columns([0.82, 0.18], vertical_alignment="center")
    words.error(plain(text), icon=":material/error:")
    help = "Goes back to the last settings that fitted their data."
    button.button("Take it back", icon=":material/undo:", help=help, width="stretch", on_click=take_back)


def take_back() -> None:
    state.change(state.run().experiment)

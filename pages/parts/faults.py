"""What is wrong with the last change, and the way back. Layout only."""

import streamlit as st

from pages.parts import state
from pages.parts.plain import plain


def fault() -> None:
    """The sentence; beside a change that no run could take up, a button that takes it back."""
    text = state.problem()
    with st.container(key="fault"):  # over the page's foot, so that nothing moves and it is seen from everywhere
        if text and not state.waiting():
            st.error(plain(text), icon=":material/error:")
        else:
            st.empty()  # the place stays
    if not text or not state.waiting():
        return
    help = "Goes back to the last settings that fitted their data."
    with st.container(horizontal=True, vertical_alignment="center"):
        st.error(plain(text), icon=":material/error:")
        st.button("Take it back", icon=":material/undo:", help=help, on_click=take_back)


def take_back() -> None:
    state.change(state.run().experiment)

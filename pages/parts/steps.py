"""Undo and redo at the top of the pages that have no picture of the network, which has them itself. Layout only.

Without keys of their own: Ctrl Z belongs to the board that is drawn on, and to fields that are typed in.
"""

import streamlit as st

from pages.parts import state
from pages.parts.plain import plain

UNDO, REDO = "Takes the last change back", "Makes the change again that was taken back last"


def steps() -> None:
    """Both buttons; each says on hover what it would change. Never greyed out: parts of pages change the document too."""
    told = state.steps()
    with st.container(key="steps", horizontal=True, gap="xsmall", width="content"):
        for name, text, act in (("undo", UNDO, state.undo), ("redo", REDO, state.redo)):
            help = f"{text}: {plain(told[name] or 'none so far')}"
            st.button(name.title(), key=f"steps.{name}", type="tertiary", icon=f":material/{name}:", help=help, on_click=act)

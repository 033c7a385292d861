"""Whether the run has twins without activations beside it, and how it gets them. Layout only."""

import streamlit as st

from pages.parts import state

EXPLAIN = "Beside every network a twin learns from the same start and the same rows, but without activations."
BUTTON = "Start anew with a twin beside it"


def twins_wanted() -> None:
    """On this page a run that has learned nothing yet gets its twin by itself; one that has is never thrown away unasked."""
    run = state.run()
    if run.draft is None and not run.experiment.network.twin and run.step == 0:
        state.settle("network.twin", True)


def twin_button() -> None:
    """What to press where a run that has begun has no twin."""
    if state.document().network.twin or state.waiting():
        return
    st.info(EXPLAIN, icon=":material/compare_arrows:")
    make = state.set_value, ("network.twin", True)
    st.button(BUTTON, type="primary", help="What has been learned is forgotten.", on_click=make[0], args=make[1])

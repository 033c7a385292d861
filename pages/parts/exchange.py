"""The whole experiment as a file, out and in. Layout only."""

import streamlit as st

from core.experiment import Experiment, parse
from core.runs import engine
from pages.parts import state

OUT = "Everything that makes this run: data source, tasks, layers, training, seed. The same file gives the same curves."
IN = "A file that was saved here, or on another server. What does not fit is said, and everything stays as it was."


def exchange() -> None:
    out, into = st.columns(2, gap="large")
    with out:
        st.markdown("##### Save")
        st.caption(OUT)
        st.download_button("Save as experiment.json", state.document().to_json(), "experiment.json", "application/json",
                           icon=":material/download:", help=OUT, on_click="ignore")  # fmt: skip
        if state.document().data.source.kind == "file":
            st.caption("Your table itself is not in the file: whoever opens it elsewhere uploads the same table first.")
    with into:
        st.markdown("##### Load")
        st.caption(IN)
        st.file_uploader("An experiment", ["json"], key=_key(), help=IN, on_change=take, label_visibility="collapsed")


def _key() -> str:
    """Another one after each file, so that the place to drop one is empty again and holds none that was refused."""
    return f"experiment.file.{state.get('experiments', 0)}"


def take() -> None:
    file = state.value(_key())
    if file is not None:
        state.put("experiments", state.get("experiments", 0) + 1)
        state.attempt(lambda: taken(file.getvalue()))


def taken(raw: bytes) -> Experiment:
    """The document in a file, once a run has taken it up: one that cannot run must not replace one that can."""
    document = parse(raw)
    state.check(document)
    engine().change(state.own(), document)
    return document

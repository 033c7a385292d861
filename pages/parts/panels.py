"""The Playground's two panels of controls: what is trained on, and how. Layout only."""

import streamlit as st

from core import presets
from core.data.columns import begin
from core.data.read import read
from core.data.samples import SAMPLES
from core.data.source import load
from core.errors import UserError
from core.experiment import Experiment, Source
from core.network.activations import ACTIVATIONS
from core.network.edit import set_activation_everywhere
from core.runs import store
from core.training.optimizers import OPTIMIZERS
from core.training.schedules import SCHEDULES
from core.weighting import SCHEMES
from pages.parts import controls, state

RATES = [mantissa * 10.0**power for power in range(-5, 1) for mantissa in (1, 3)] + [10.0]
BATCHES = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, None]


def data_panel() -> None:
    document = state.document()
    source = document.data.source
    titles = {name: sample.TITLE for name, sample in SAMPLES.items()}
    chosen = source.name if source.kind == "sample" else "file"
    if source.kind == "file":
        titles["file"] = source.name
    controls.select("Data", "source", chosen, titles, take_sample, "A sample to learn from; or drop a CSV file of your own below.")
    file = st.file_uploader("Your own CSV", type=None, key="upload", label_visibility="collapsed", help="A CSV file with a header row.")
    if file is not None and file.file_id != state.get("uploaded"):
        state.put("uploaded", file.file_id)
        state.attempt(lambda: opened(file.getvalue(), file.name))
        st.rerun()
    sample = SAMPLES.get(source.name) if source.kind == "sample" else None
    if sample is not None:
        st.caption(sample.STORY)


def take_sample(name: str) -> None:
    if name in SAMPLES:
        source = Source(kind="sample", name=name)
        state.attempt(lambda: begin(source, load(source), SAMPLES[name]))


def opened(raw: bytes, name: str) -> Experiment:
    read(raw, name)
    source = Source(kind="file", name=name, sha256=store().put(raw))
    return begin(source, load(source, store()))


def network_panel() -> None:
    pass

"""Network: its layers, its matrices, the same as code, and how it is trained. The picture above, one thing at a time below."""

import streamlit as st

from pages.parts import live, state
from pages.parts.exchange import exchange
from pages.parts.faults import fault
from pages.parts.layer_forms import layer_forms
from pages.parts.network_head import head
from pages.parts.network_panel import diagram
from pages.parts.network_sizes import code, fits, tables
from pages.parts.scroll import scroll_to_top
from pages.parts.task_forms import task_forms
from pages.parts.training_forms import training_forms

HEIGHT = 440
LOSSES = "Losses and task weights"

scroll_to_top("network")
live.transport(state.run().id, key="transport")
head()
fitting = fits()
if fitting:
    diagram(HEIGHT, "network-wide")
fault()
layers, sizes, text, training, tasks, files = st.tabs(
    ["Layers", "Matrices", "PyTorch code", "Training", LOSSES if len(state.document().tasks) > 1 else "Loss", "Save and load"],
    key="network.tabs",
)
with layers:
    layer_forms()
with sizes:
    if fitting:
        tables()
with text:
    if fitting:
        code()
with training:
    training_forms()
with tasks:
    task_forms()
with files:
    exchange()
state.forget_problem()

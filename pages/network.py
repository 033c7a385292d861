"""Network: layers, matrices, the same as code, and how it is trained. Picture and code above, one thing at a time below."""

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
from pages.parts.wrapped import columns

HEIGHT = 440
LOSSES = "Losses and task weights"

scroll_to_top("network")
live.transport(state.run().id, key="transport")
head()
fitting = fits()
if fitting:
    picture, text = columns("network", [0.62, 0.38])
    with picture:
        diagram(HEIGHT, "network-wide")
    with text:
        code(HEIGHT)
fault()
layers, sizes, training, tasks, files = st.tabs(
    ["Layers", "Matrices", "Training", LOSSES if len(state.document().tasks) > 1 else "Loss", "Save and load"],
    key="network.tabs",
)
with layers:
    layer_forms()
with sizes:
    if fitting:
        tables()
with training:
    training_forms()
with tasks:
    task_forms()
with files:
    exchange()
state.forget_problem()

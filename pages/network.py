"""Network: layers, matrices, the same as code, and how it is trained. Picture and code above, one thing at a time below."""

import streamlit as st

from pages.parts import live, state
from pages.parts.exchange import exchange
from pages.parts.faults import fault
from pages.parts.layer_forms import layer_forms
from pages.parts.network_head import head
from pages.parts.network_panel import diagram
from pages.parts.network_sizes import code, fits, tables
from pages.parts.room_part import part
from pages.parts.scroll import scroll_to_top
from pages.parts.sharing_forms import sharing_forms
from pages.parts.task_forms import task_forms
from pages.parts.text_forms import text_forms
from pages.parts.timeline_forms import TITLE, timeline_forms
from pages.parts.training_forms import training_forms
from pages.parts.wrapped import columns

HEIGHT = 440
LOSSES = "Losses and task weights"

scroll_to_top("network")
live.transport(state.address(), key="transport")
with part("network", "head"):
    head()
fitting = fits()
if fitting:
    picture, text = columns("network", [0.62, 0.38])
    with picture:
        diagram(HEIGHT, "network-wide")
    with text:
        code(HEIGHT)
    inside = st.Page("inside.py", title="Look inside")  # as `pages/_main.py` has it
    st.page_link(inside, label="Look inside with your own rows", icon=":material/frame_inspect:")
fault()
several = len(state.document().tasks) > 1
names = ["Layers", "Matrices", "Training", LOSSES if several else "Loss", *(["Sharing"] if several else []), "Save and load"]
layers, sizes, training, tasks, *sharing, files = st.tabs(names, key="network.tabs")
with layers, part("network", "layers"):
    text_forms("text")
    layer_forms()
with sizes:
    if fitting:
        tables()
with training, part("training", "forms"):
    training_forms()
    if several:
        st.markdown(f"##### {TITLE}")
        timeline_forms()
with tasks:
    task_forms()
for tab in sharing:
    with tab, part("sharing", "forms"):
        sharing_forms()
with files:
    exchange()
state.forget_problem()

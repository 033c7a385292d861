"""Inputs with tasks: how much each input says of each task when it is all one knows. Layout only."""

from collections import defaultdict

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from core.charts import telling as heat
from core.data import association
from core.data.association import Telling
from core.experiment import Data, Task
from pages.parts import state
from pages.parts.look_at import QUIET, SEED, drawn_from, known_by, looked_at
from pages.parts.plain import plain
from pages.parts.theme import is_dark
from pages.parts.words import counted

FIRST, MORE = 30, 100
WIDTH, SQUARE = 200, 170
"""Pixels for the names of the inputs, and for each task."""
NO_TASK = "Mark a column as a task to see what the inputs say about it."
NO_INPUT = "Mark a column as an input to see what it says about the tasks."
TEXTS = "What texts say is not in a number or a class of theirs: train a network and see."
SHARE = (
    "Each square answers one question: if you know only this input, how much of what is uncertain about the task is gone? "
    "0%: you guess no better. 100%: you are always right. Inputs that say nothing alone may still say much when they are put "
    "together: that is for the network to find."
)
HOW = (
    "Numbers as inputs are cut into up to 16 groups of as many rows each; “missing” counts as a value too. For a task with "
    "numbers it is the share of the variance that lies between the groups (R², adjusted for how many there are); for a task "
    "with classes, the share of the chance that two rows differ in class (Goodman and Kruskal's tau, adjusted alike)."
)


@st.fragment
def telling() -> None:
    data, frame, tasks = looked_at()
    inputs = [name for name in data.inputs if name in frame]
    if not tasks or not inputs:
        st.info(NO_INPUT if tasks else NO_TASK, icon=":material/info:")
        return
    texts = [name for name in inputs if data.inputs[name] == "text"]
    if len(texts) == len(inputs):
        st.info(TEXTS, icon=":material/info:")
        return
    key = known_by(data, tasks)
    told = _telling(key, frame, data, tasks)
    shown = state.get("telling.shown", FIRST) if state.get("telling.of") == data.source.model_dump_json() else FIRST
    st.markdown(f"**{heat.TITLE}**", help=HOW)
    st.caption(SHARE)
    st.plotly_chart(_heat(key, shown, is_dark(), told), key="look.telling", config=QUIET, width=WIDTH + len(tasks) * SQUARE)
    if (rest := len(told.inputs) - shown) > 0:
        st.button(
            f"Show {min(rest, MORE)} more of {len(told.inputs):,} inputs", key="telling.more", icon=":material/expand_more:",
            on_click=_more, args=(data.source.model_dump_json(), shown),
        )  # fmt: skip
    if texts:
        st.caption(f"{TEXTS} Left out: {', '.join(map(plain, texts))}.")
    for sentence in cautions(told):
        st.caption(sentence)
    most = max(told.rows)
    if most < min(len(frame), association.ROWS) and most == association.LABELLED:
        st.caption(f"From at most {most:,} rows with a label of each task, drawn at random from {len(frame):,}.")
    else:
        drawn_from(len(frame))


def cautions(told: Telling) -> list[str]:
    """What to know before believing the figures: tasks of which nothing can be said, and what chance alone can reach."""
    sentences, few = [], defaultdict(list)
    for place, (task, rows, chance) in enumerate(zip(told.tasks, told.rows, told.chance, strict=True)):
        if all(line[place] is None for line in told.share):
            why = "no row has its label" if not rows else "its label is the same in every row, or there are too few rows"
            sentences.append(f"Nothing can be said about {plain(task)}: {why}.")
        elif chance >= 0.05:
            few[counted(rows, "label"), f"{chance:.0%}"].append(plain(task))
    for (labels, reached), names in few.items():
        have = "has" if len(names) == 1 else "have"
        sentences.append(f"{', '.join(names)} {have} only {labels}: by chance alone an input can reach {reached}.")
    return sentences


@st.cache_data(max_entries=32, show_spinner="Looking at every input …")
def _telling(key: str, _frame: pd.DataFrame, _data: Data, _tasks: list[Task]) -> Telling:
    return association.telling(_frame, _data, _tasks, SEED)


@st.cache_resource(max_entries=32, show_spinner=False)
def _heat(key: str, shown: int, dark: bool, _told: Telling) -> go.Figure:
    return heat.figure(_told.share[:shown], _told.inputs[:shown], _told.tasks, dark)


def _more(source: str, shown: int) -> None:
    state.put("telling.of", source)
    state.put("telling.shown", shown + MORE)

"""One box to choose a preset from: what the document is, what a preset would change, and the way back. Layout only."""

from functools import lru_cache

import streamlit as st

from core import presets
from core.data.samples import SAMPLES
from core.errors import UserError
from core.experiment import Experiment, parse
from pages.parts import state
from pages.parts.plain import plain

HELP = (
    "A whole experiment that somebody has tried. On a sample it brings its own data along, which replaces the sample. On a "
    "table of your own it keeps your rows and your tasks, and lends its network, its training and, for inputs of the same "
    "name, their kinds. What was learned so far is forgotten; Undo brings the settings back."
)
UNDO = "Takes back the data, the network and the settings from before the preset. Training starts anew."
BEFORE, AFTER = "preset.before", "preset.after"
LENT = ("training", "seed", "replicas", "sampling")
"""Parts that a preset lends as they are, whatever the data."""


@lru_cache(maxsize=64)
def _loaded(name: str) -> Experiment:
    """A preset's document: pages ask for all of them at every click."""
    return presets.load(name)


def chosen_preset(document: Experiment) -> str | None:
    """The name of the preset whose settings the document has, all of them; none once anything is changed."""
    for name in presets.about():
        try:
            preset = _loaded(name)
            alike = all(getattr(preset, part) == getattr(document, part) for part in LENT)  # cheap, and mostly no
            if alike and given(name, document) == document:
                return name
        except UserError:  # a preset whose file is damaged says so when it is chosen
            continue
    return None


def given(name: str, document: Experiment) -> Experiment:
    """What the preset makes of the document: on somebody's own table it lends, on a sample it replaces."""
    preset = presets.load(name)
    return presets.onto(preset, document) if document.data.source.kind == "file" else preset


def preset_box(key: str) -> None:
    """The box; below it, as long as the preset is as it was taken, what it did and Undo."""
    box(key)
    note(key)


def box(key: str) -> None:
    titles = {name: words["title"] for name, words in presets.about().items()}
    chosen = chosen_preset(state.document())
    st.selectbox(
        "Preset", list(titles), None, titles.__getitem__, key=state.bind(key, chosen), help=HELP, placeholder="Choose one",
        on_change=take, args=(key,),
    )  # fmt: skip


def note(key: str) -> None:
    """What to look for in the preset that is set, what it did, and Undo as long as nothing else was changed."""
    document = state.document()
    if name := chosen_preset(document):
        st.caption(presets.about()[name]["look"])
    if state.get(BEFORE) and state.get(AFTER) == document.to_json():
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(done(document), width="content")
            st.button("Undo", key=f"{key}.undo", icon=":material/undo:", type="tertiary", help=UNDO, on_click=undo)


def done(document: Experiment) -> str:
    """What taking the preset has done, in a sentence."""
    source = document.data.source
    if source.kind == "file":
        return "Your rows and tasks are kept; network, training and kinds of inputs are the preset's."
    sample = SAMPLES[source.name].TITLE if source.name in SAMPLES else source.name
    return f"The data is now the preset's, “{plain(sample)}”; so are network and training."


def take(key: str) -> None:
    name = state.value(key)
    if not name:
        return
    before = state.document()
    state.attempt(lambda: given(name, before), anew=True)
    after = state.document()
    if after != before:
        state.put(BEFORE, before.to_json())
        state.put(AFTER, after.to_json())


def undo() -> None:
    before = state.get(BEFORE)
    state.put(BEFORE, None)
    if before:
        state.attempt(lambda: parse(before), anew=True)

"""The Playground's left panel: a sample with its knobs, or a dropped file and its table to mark. Layout only."""

from typing import Any

import streamlit as st

from core.data.columns import begin, follow
from core.data.dataset import Table
from core.data.findings import taken
from core.data.samples import SAMPLES, widgets_of
from core.data.source import load
from core.experiment import Experiment, Source
from pages.parts import controls, state
from pages.parts.column_marks import HEIGHT, column_marks
from pages.parts.column_marks import apply as apply_mark
from pages.parts.data_upload import again, upload
from pages.parts.plain import plain
from pages.parts.presets_box import preset_box

COMMON = 2
"""How many of a sample's parameters stand in the panel; the others wait behind a button."""
FIRST_TOLD = 4
"""So many sentences on a fresh file stand below its table."""

BACK = "Back to the data that were here before, with all their settings."


def data_panel() -> None:
    """What is trained on: a sample with its knobs, or a file."""
    document = state.document()
    source = document.data.source
    titles = {name: sample.TITLE for name, sample in SAMPLES.items()}
    if source.kind == "file":
        titles[""] = source.name
    chosen = source.name if source.kind == "sample" else ""
    controls.select("Data", "source", chosen, titles, take_sample, "A sample to learn from; or drop a file of your own below.")
    upload("Or drop your own file", "upload", fresh)
    sample = SAMPLES.get(source.name) if source.kind == "sample" else None
    problem = state.problem()
    if problem and document.tasks:
        st.error(plain(problem), icon=":material/error:")  # in the story's place, so that little moves
        again()
    elif sample is None:
        st.caption(f"Your own table: {len(state.table().frame):,} rows. The page *Data* shows and changes how it is used.")
    else:
        st.caption(f"{sample.STORY}{' **These rows are made up.**' if sample.MADE_UP else ''}")
    if sample is not None:
        names = widgets_of(sample)
        sample_params(names[:COMMON])
        if names[COMMON:]:
            with st.popover("More about the data", icon=":material/tune:", width="stretch"):
                sample_params(names[COMMON:])
    preset_box("preset")


def fresh(before: Experiment) -> None:
    """A new table: what should be predicted? The one before is kept, for whoever dropped the wrong file."""
    state.put("marking", True)
    state.put("marking.before", before)


def marking_panel() -> None:
    """A fresh table, large, under heads to click: what should be predicted?"""
    document = state.document()
    st.markdown(f"##### {plain(state.table().name)}: click the columns to predict")
    st.caption(
        "Click a head until it says what the column is: **task** (what is predicted), **ignored**, or **input** (what it is "
        "predicted from)."
    )
    column_marks(document, state.table(), HEIGHT, "marks", _mark)
    _told(guessed(document.data.source.model_dump_json(), state.table()))
    before = state.get("marking.before")
    sentence, back, button = st.columns([0.6, 0.2, 0.2], vertical_alignment="center")
    with sentence:
        tasks = ", ".join(document.columns)
        if tasks:
            st.markdown(f"The network will learn **{plain(tasks)}** from {len(document.data.inputs)} inputs.")
        else:
            st.info("Mark at least one column as a task.", icon=":material/touch_app:")
    if before is not None:
        back.button("Not this file", icon=":material/undo:", width="stretch", help=BACK, on_click=_back, args=(before,))
    help = "Closes the table and shows the network. You find the table again on the page Data."
    button.button(
        "Done",
        type="primary",
        width="stretch",
        disabled=state.waiting(),
        help=help,
        on_click=_close,
    )


@st.cache_data(max_entries=64, show_spinner=False)
def guessed(source: str, _table: Table) -> list[str]:
    """What was found in a file, whatever its columns are used for."""
    return [*_table.notes, *taken(begin(Source.model_validate_json(source), _table), _table)]


def _told(sentences: list[str]) -> None:
    """The first of what was found; all of it stands on the page Data."""
    rest = f" {len(sentences) - FIRST_TOLD} more on the page *Data*." if len(sentences) > FIRST_TOLD else ""
    if sentences:
        st.caption(plain(" ".join(sentences[:FIRST_TOLD])) + rest)


def _close() -> None:
    state.put("marking", False)
    state.put("marking.before", None)


def _back(before: Experiment) -> None:
    _close()
    state.change(before)


def _mark(op: dict[str, Any]) -> None:
    state.attempt(lambda: apply_mark(state.document(), state.table(), op))


def take_sample(name: str) -> None:
    if name in SAMPLES:
        source = Source(kind="sample", name=name)
        _close()
        state.attempt(lambda: begin(source, load(source), SAMPLES[name]))


def sample_params(only: tuple[str, ...]) -> None:
    source = state.document().data.source
    controls.params(f"sample.{source.name}", SAMPLES[source.name].Params, source.params, edit_sample, only)


def edit_sample(make: controls.Make) -> None:
    """Other parameters of the sample that is open. Where a file has taken its place meanwhile, nothing."""

    def made() -> Experiment:
        document = state.document()
        source = document.data.source
        if source.kind != "sample":
            return document
        after = source.model_copy(update={"params": make(source.params)})
        return follow(document, after, load(after), SAMPLES[source.name])

    state.attempt(made)

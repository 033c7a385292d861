"""The Playground's panels: what is trained on, and the network with the controls most often used. Layout only."""

from typing import Any

import streamlit as st

from core import presets
from core.charts.palette import task_color
from core.data.columns import begin, follow
from core.data.read import read
from core.data.samples import SAMPLES
from core.data.source import load
from core.experiment import Experiment, Source
from core.network.activations import ACTIVATIONS
from core.network.edit import apply, set_activation_everywhere, set_nonlinear
from core.network.shapes import shapes
from core.runs import store
from core.weighting import SCHEMES
from pages.parts import controls, state
from pages.parts.column_marks import HEIGHT, column_marks
from pages.parts.column_marks import apply as apply_mark
from pages.parts.network_diagram import network_diagram, spec_of
from pages.parts.plain import plain
from pages.parts.settings import BATCHES, RATES, more_settings, rate_text

COMMON = 2
"""How many of a sample's parameters stand in the panel; the others wait behind a button."""
DIAGRAM = 450


def data_panel() -> None:
    """What is trained on: a sample with its knobs, or a file."""
    document = state.document()
    source = document.data.source
    titles = {name: sample.TITLE for name, sample in SAMPLES.items()}
    if source.kind == "file":
        titles[""] = source.name
    chosen = source.name if source.kind == "sample" else ""
    controls.select(
        "Data", "source", chosen, titles, take_sample, "A sample to learn from; or drop a CSV file of your own below."
    )
    upload()
    sample = SAMPLES.get(source.name) if source.kind == "sample" else None
    if sample is None:
        st.caption(f"Your own table: {len(state.table().frame):,} rows. The page *Data* shows and changes how it is used.")
    else:
        st.caption(f"{sample.STORY}{' **These rows are made up.**' if sample.MADE_UP else ''}")
        names = tuple(sample.Params.model_fields)
        _sample_params(names[:COMMON])
        if names[COMMON:]:
            with st.popover("More about the data", icon=":material/tune:", width="stretch"):
                _sample_params(names[COMMON:])
    known = {name: words["title"] for name, words in presets.about().items()}
    help = "A whole experiment to start from. On your own data it lends its network and its training."
    st.selectbox(
        "Preset",
        list(known),
        index=None,
        format_func=lambda name: known[name],
        placeholder="Choose one",
        help=help,
        key="preset",
        on_change=_take_preset,
    )


def upload() -> None:
    """The place to drop a file; a file that cannot be read leaves everything as it was."""
    help = "A CSV file: commas between cells, names of the columns in the first line, UTF-8. It stays on this server."
    st.file_uploader("Or drop your own CSV", key="upload", on_change=_take_file, help=help)


def _take_file() -> None:
    file = state.value("upload")
    if file is None:
        return
    before = state.document()
    state.attempt(lambda: opened(file.getvalue(), file.name))
    if state.document() != before:
        state.put("marking", True)


def marking_panel() -> None:
    """A fresh table, large, under heads to click: what should be predicted?"""
    document = state.document()
    st.markdown(f"##### {plain(document.data.source.name)}: click the columns to predict")
    st.caption(
        "One click on a head makes a column a **task**, a second one **ignores** it, a third makes it an **input** again."
    )
    column_marks(document, state.table(), HEIGHT, "marks", _mark)
    sentence, button = st.columns([0.8, 0.2], vertical_alignment="center")
    with sentence:
        tasks = ", ".join(document.columns)
        if tasks:
            st.markdown(f"The network will learn **{plain(tasks)}** from {len(document.data.inputs)} inputs.")
        else:
            st.info("Mark at least one column as a task.", icon=":material/touch_app:")
    help = "Closes the table and shows the network. You find the table again on the page Data."
    button.button(
        "Done",
        type="primary",
        width="stretch",
        disabled=state.waiting(),
        help=help,
        on_click=state.put,
        args=("marking", False),
    )


def _mark(op: dict[str, Any]) -> None:
    state.attempt(lambda: apply_mark(state.document(), state.table(), op))


def opened(raw: bytes, name: str) -> Experiment:
    """The document that a file begins with. Raises `UserError` for what is no table."""
    read(raw, name)
    source = Source(kind="file", name=name, sha256=store().put(raw))
    return begin(source, load(source, store()))


def take_sample(name: str) -> None:
    if name in SAMPLES:
        source = Source(kind="sample", name=name)
        state.put("marking", False)
        state.attempt(lambda: begin(source, load(source), SAMPLES[name]))


def _sample_params(only: tuple[str, ...]) -> None:
    source = state.document().data.source
    model = SAMPLES[source.name].Params

    def change(params: dict) -> None:
        def made() -> Experiment:
            after = source.model_copy(update={"params": params})
            return follow(state.document(), after, load(after), SAMPLES[source.name])

        state.attempt(made)

    controls.params(f"sample.{source.name}", model, source.params, change, only)


def _take_preset() -> None:
    name = state.value("preset")
    if name:
        preset = presets.load(name)
        own = state.document()
        keep = own.data.source.kind == "file" and own.tasks
        state.attempt(lambda: presets.onto(preset, own) if keep else preset)


def network_panel() -> None:
    """The network as a picture to design in, and the controls most often used."""
    diagram(DIAGRAM, "network")
    document = state.document()
    training = document.training
    switch, activation, rate, batch = st.columns([0.25, 0.25, 0.28, 0.22], vertical_alignment="bottom")
    with switch:
        help = (
            "Takes every activation out, or puts it back, also while it trains. Without them all layers make one straight line."
        )
        controls.toggle("**Activations**", "nonlinear", document.network.nonlinear, _set_nonlinear, help)
    with activation:
        names = {layer.activation.name for layer in _layers(document)}
        current = names.pop() if len(names) == 1 else None
        titles: dict[str | None, str] = {} if current else {None: "mixed"}
        titles |= {name: module.TITLE for name, module in ACTIVATIONS.items()}
        help = "What every unit does to its sum. Click a layer in the picture to choose for that layer alone."
        controls.select("Activation", "activation", current, titles, _set_activation, help, label_visibility="collapsed")
    with rate:
        help = "How far each step moves the weights. Too small: slow. Too large: it jumps about, or explodes."
        controls.steps(
            "Learning rate", "rate", training.learning_rate, RATES, controls.at("training.learning_rate"), help, rate_text
        )
    with batch:
        help = "How many rows each step looks at. More rows: steadier steps, fewer of them in an epoch."
        sizes = {size: "all rows" if size is None else f"{size} rows" for size in BATCHES}
        controls.select("Batch", "batch", training.batch_size, sizes, controls.at("training.batch_size"), help)
    _weights(document)


def _layers(document: Experiment) -> list:
    return [*document.network.trunk, *(layer for column in document.columns for layer in document.tower(column))]


def _set_nonlinear(on: bool) -> None:
    state.attempt(lambda: set_nonlinear(state.document(), on))


def _set_activation(name: str | None) -> None:
    if name:
        state.attempt(lambda: set_activation_everywhere(state.document(), {"name": name}))


def diagram(height: int, key: str) -> None:
    """The picture of the network; an edit in it changes the document before the page is drawn anew."""
    document, facts = state.document(), state.run().facts
    colors = {column: task_color(number)[:2] for number, column in enumerate(document.columns)}
    titles = {name: module.TITLE for name, module in ACTIVATIONS.items()}
    sizes = shapes(document, facts["features"], facts["outputs"])
    spec = spec_of(document, sizes, colors, titles, facts["feature_names"])
    network_diagram(spec, height, key, on_edit=lambda: state.attempt(lambda: apply(state.document(), state.value(key).edit)))


def _weights(document: Experiment) -> None:
    scheme, *sliders = st.columns(
        [0.28, *[0.72 / max(1, len(document.tasks[:3]))] * len(document.tasks[:3])], vertical_alignment="bottom"
    )
    with scheme:
        help = "How much each task's loss counts. What is optimised is the sum of weight times loss."
        controls.plugin("Task weights", "scheme", document.weighting, SCHEMES, controls.at("weighting"), help)
    fixed = document.weighting.params.get("weights", {}) if document.weighting.name == "fixed" else {}
    for place, task in zip(sliders, document.tasks, strict=False):
        with place:
            weight_slider(task.column, fixed)
    with st.popover("More settings", icon=":material/tune:"):
        more_settings()


def weight_slider(column: str, fixed: dict[str, float]) -> None:
    """One task's weight; moving it makes the weighting a fixed one."""

    def change(weight: float) -> None:
        weights = {**fixed, column: weight}
        state.set_value("weighting", {"name": "fixed", "params": {"weights": weights}})

    help = "Twice the weight pulls the shared layers twice as hard. 0 leaves the task untrained. Acts while it trains."
    controls.slider(column.replace("$", r"\$"), f"weight.{column}", float(fixed.get(column, 1.0)), change, help, 0.0, 5.0, 0.1)

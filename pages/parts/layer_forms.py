"""The layers as forms: which ones, and one row each with all that a layer has. Layout only."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from core.experiment import MAX_LAYERS, Experiment, Layer
from core.network import edit
from core.network.activations import ACTIVATIONS
from core.network.shapes import TRUNK, Matrix, where_of
from pages.parts import controls, state
from pages.parts.network_sizes import fits, sizes
from pages.parts.plain import plain
from pages.parts.room_part import part
from pages.parts.words import counted

LINE = 38
"""The height of a widget in pixels."""
FEW = 6
"""Stacks that stand side by side as buttons; more of them wait in a list."""
WIDTH = "How many units the layer has: how many numbers it hands on for each row."
ACTIVATION = "What every unit does to its sum. Without one, layers on top of each other are no more than a single one."
NORM = (
    "Brings each unit to mean 0 and spread 1 over the batch, then scales it anew, before or after the activation: "
    "deep networks train more steadily."
)
NORMS = {"off": "off", "before": "before", "after": "after"}
FIELDS = {
    "off": {"batch_norm": False},
    "before": {"batch_norm": True, "norm_last": False},
    "after": {"batch_norm": True, "norm_last": True},
}
DROPOUT = "The share of units that is switched off at random in every training step, so that none is relied on too much."
APART = "Shared layers learn from all tasks at once; a task's own layers learn from that task alone."
ALONE = "The last layers follow the first ones. A second task would share the first ones, and have last ones of its own."

Edit = Callable[..., Experiment]


def do(change: Edit, *arguments: object, **fields: object) -> None:
    """An edit of the document as it stands now."""
    state.attempt(lambda: change(state.document(), *arguments, **fields), draft=state.waiting())


def layer_forms() -> None:
    """The layers of one stack, chosen above them."""
    document = state.document()
    where = chosen(document)
    layers = edit.stack(document, where)
    if not layers:
        own = "Nothing is shared yet: every task reads the inputs by itself."
        none = "No layer here: the next ones read the inputs." if len(document.tasks) < 2 else own
        st.caption(none if where == TRUNK else "No layer of its own: the last matrix, to the answers, follows at once.")
    matrices = sizes().of(where) if fits() else ()
    for at, layer in enumerate(layers):
        row(where, at, layer, len(layers), words(matrices[at]) if matrices else "")
    full = len(layers) >= MAX_LAYERS
    help = f"At most {MAX_LAYERS} in a row." if full else "One more at the end, like the one before it."
    new = (edit.add_layer, where, len(layers))
    st.button("Add a layer", key="layers.add", icon=":material/add:", disabled=full, help=help, on_click=do, args=new)


def chosen(document: Experiment) -> str:
    """The stack that is being changed."""
    titles = owners(document)
    where = state.get("layers", TRUNK)
    where = where if where in titles else TRUNK
    numbers = {each: counted(len(edit.stack(document, each)), "layer") for each in titles}
    help = APART if len(document.tasks) > 1 else ALONE
    if len(titles) > FEW:
        controls.select("Layers", "layers.where", where, titles, choose, help, width=360)
        return where
    st.segmented_control(
        "Layers", list(titles), key=state.bind("layers.where", where), required=True, help=help, on_change=choose_bound,
        format_func=lambda each: f"{plain(titles[each])} · {numbers[each]}", label_visibility="collapsed",
    )  # fmt: skip
    return where


def owners(document: Experiment) -> dict[str, str]:
    """Whose the layers of each stack are; a single task shares with nobody."""
    if len(document.tasks) < 2:
        return {TRUNK: "First layers"} | {where_of(column): "Last layers" for column in document.columns}
    return {TRUNK: "Shared by all tasks"} | {where_of(column): f"Only {column}" for column in document.columns}


def choose(where: str) -> None:
    state.put("layers", where)


def choose_bound() -> None:
    choose(state.value("layers.where") or TRUNK)


def parameters(layer: Layer) -> bool:
    """Whether the layer's activation has parameters of its own."""
    known = ACTIVATIONS.get(layer.activation.name)
    return bool(known and known.Params.model_fields)


def row(where: str, at: int, layer: Layer, count: int, size: str) -> None:
    """One layer: what it has, where it stands, and what it comes to.

    Any number may be typed: the document says in one sentence which ones it takes.
    """
    key = f"layer.{where}.{at}"
    labels = {"label_visibility": "visible" if at == 0 else "collapsed"}

    def change(name: str) -> controls.Change:
        return lambda value: do(edit.change_layer, where, at, **{name: value})

    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        beside(f"**{at + 1}**", 20)
        controls.number("Units", f"{key}.width", layer.width, change("width"), WIDTH, 0, None, 1, width=124, **labels)
        with part("activations", key, width="content"):
            controls.plugin("Activation", f"{key}.activation", layer.activation, ACTIVATIONS, change("activation"), ACTIVATION,
                            width=150, disabled=not state.document().network.nonlinear, **labels)  # fmt: skip
        controls.number(
            "Dropout", f"{key}.dropout", layer.dropout, change("dropout"), DROPOUT, 0.0, 1.0, 0.05, width=124, **labels
        )
        norm = "off" if not layer.batch_norm else "after" if layer.norm_last else "before"
        controls.select("Batch norm", f"{key}.norm", norm, NORMS, lambda name: do(edit.change_layer, where, at, **FIELDS[name]),
                        NORM, width=124, **labels)  # fmt: skip
        moves = [
            ("up", "arrow_upward", at - 1, "earlier", at == 0),
            ("down", "arrow_downward", at + 1, "later", at == count - 1),
        ]
        for name, icon, to, when, last in moves:
            st.button("", key=f"{key}.{name}", icon=f":material/{icon}:", help=f"One place {when}.", disabled=last,
                      on_click=do, args=(edit.move_layer, where, at, to))  # fmt: skip
        st.button("", key=f"{key}.remove", icon=":material/close:", help="Remove this layer.",
                  on_click=do, args=(edit.remove_layer, where, at))  # fmt: skip
        beside(size, 210)
        if parameters(layer):
            with st.container(width=220), part("activations", f"{key}.params"):
                bend(f"{key}.params", layer, partial(_edit_activation, where, at))


def words(matrix: Matrix) -> str:
    return f"matrix {matrix.text}, {counted(matrix.parameters, 'parameter')}"


def beside(text: str, width: int) -> None:
    """Words as high as a widget, so that they stand on its line."""
    with st.container(width=width, height=LINE, vertical_alignment="center", border=False):
        st.caption(text)


def _edit_activation(where: str, at: int, make: controls.Make) -> None:
    def made(document: Experiment) -> Experiment:
        now = edit.stack(document, where)[at].activation
        return edit.change_layer(document, where, at, activation={"name": now.name, "params": make(now.params)})

    do(made)


def bend(key: str, layer: Layer, told: controls.Edit) -> None:
    """The parameters of the layer's activation."""
    name = layer.activation.name
    model = ACTIVATIONS[name].Params if name in ACTIVATIONS else None
    if model is not None:
        controls.params(key, model, layer.activation.params, told)

"""The network in numbers: every matrix, what it counts up to, and the same network as code. Layout only."""

from typing import Any

import pandas as pd
import streamlit as st

from core.code import pytorch
from core.network.shapes import TRUNK, Matrix, Shapes, shapes, where_of
from pages.parts import state
from pages.parts.words import counted

FILE = "Saves it as a Python file that runs by itself: network, losses and training, with nothing of this app."
TABLE = " It reads **table.csv**, your rows as they are used here: *Results*, *Take away*."
HEAD = 56
"""What the line above the code takes of its height, in pixels."""


def fits() -> bool:
    """Whether the sizes that the run knows are those of the document: false while a draft has other columns."""
    document, run = state.document(), state.run().experiment
    if not state.waiting():
        return True
    return document.data == run.data and [(t.column, t.kind) for t in document.tasks] == [(t.column, t.kind) for t in run.tasks]


def sizes() -> Shapes:
    facts = state.run().facts
    return shapes(state.document(), facts["features"], facts["outputs"], facts["words"])


def tables() -> None:
    """Every matrix, and beside it what they count up to."""
    left, right = st.columns([0.6, 0.4], gap="medium")
    with left:
        matrices()
    with right:
        counts()


def matrices() -> None:
    """Every matrix of weights on the way from the inputs to the answers."""
    found = sizes()
    columns_of = state.document().columns
    names = {TRUNK: "shared" if len(columns_of) > 1 else "first layers"} | {where_of(column): column for column in columns_of}
    table = pd.DataFrame([matrix(each, names[each.where], found) for each in found.matrices])
    st.markdown("##### On the way from the inputs to the answers")
    st.caption(
        f"A batch enters as {found.batch(found.features)} (rows × numbers per row). Each matrix turns a row's numbers into "
        "others, and adds one number to each, its bias. The sizes at both ends come from the data."
    )
    st.dataframe(table, hide_index=True, height="content", column_config=columns(), key="matrices")


def matrix(each: Matrix, owner: str, found: Shapes) -> dict[str, Any]:
    return {
        "Belongs to": owner,
        "Layer": each.words or ("answers" if each.last else f"{each.at + 1}"),
        "Matrix": each.text,
        "Parameters": each.parameters,
        "Batch after it": found.batch(each.outputs),
    }


def columns() -> dict[str, Any]:
    several = len(state.document().tasks) > 1
    helps = {
        "Belongs to": "All tasks use and train what is shared; the rest belongs to one task." if several else "Whose it is.",
        "Layer": "Its place there, counted from the inputs.",
        "Matrix": "Numbers in × numbers out.",
        "Batch after it": "Rows × numbers per row, once the batch has gone through.",
    }
    known: dict[str, Any] = {name: st.column_config.TextColumn(name, help=help) for name, help in helps.items()}
    help = "Numbers that training moves: weights, biases, and scale and shift of a batch norm."
    return known | {"Parameters": st.column_config.NumberColumn("Parameters", help=help, format="localized")}


def counts() -> None:
    """How many numbers are trained, by whose they are."""
    found = sizes()
    st.markdown("##### Whose they are")
    document = state.document()
    together = " What is shared, all tasks train together." if len(document.tasks) > 1 else ""
    st.caption(f"A parameter is one number that training moves.{together}")
    owners = {TRUNK: "Shared by all tasks"} | {where_of(column): f"Only {column}" for column in document.columns}
    if len(document.tasks) < 2:
        owners = {TRUNK: "First layers"} | {where_of(column): "Last layers, to the answer" for column in document.columns}
    rows = {owner: found.shared if where == TRUNK else found.parameters(where) for where, owner in owners.items()}
    table = pd.DataFrame({
        "Whose": [*rows, "All together"],
        "Parameters": [*rows.values(), found.total],
        "Share": [100 * number / (found.total or 1) for number in (*rows.values(), found.total)],
    })  # fmt: skip
    share = st.column_config.ProgressColumn("Share", min_value=0.0, max_value=100.0, format="%.0f %%")
    number = st.column_config.NumberColumn("Parameters", format="localized")
    st.dataframe(table, hide_index=True, height="content", key="counts", column_config={"Share": share, "Parameters": number})


def code(height: int) -> None:
    """The same network and its training as plain PyTorch, in so many pixels."""
    document, facts = state.document(), state.run().facts
    text = pytorch(document, facts["features"], facts["outputs"], facts["feature_names"], facts["counts"], facts["classes"],
                   facts["words"])  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        rows = TABLE if document.data.source.kind == "file" and not document.texts else ""
        st.caption(f"The same as plain PyTorch: {counted(len(text.splitlines()), 'line')}.{rows}", width="content")
        st.download_button("network.py", text, "network.py", "text/x-python", icon=":material/download:", help=FILE,
                           type="tertiary", on_click="ignore")  # fmt: skip
    st.code(text, "python", height=height - HEAD)

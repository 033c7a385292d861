"""What the looks at a table share: what is looked at, and by what it is known to caches. Layout only."""

import json
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.data.association import ROWS
from core.experiment import Data, Split, Task
from pages.parts import state

SEED = 0
"""Which rows are drawn where not all are looked at: always the same."""
QUIET = {"displayModeBar": False}


def looked_at() -> tuple[Data, pd.DataFrame, list[Task]]:
    """The document's data, the table, and the tasks that it has columns for."""
    document, frame = state.document(), state.table().frame
    return document.data, frame, [task for task in document.tasks if task.column in frame]


def known_by(data: Data, tasks: Sequence[Task]) -> str:
    """All that the figures depend on."""
    return json.dumps([data.model_copy(update={"split": Split()}).model_dump_json(), [[t.column, t.kind] for t in tasks]])


def drawn_from(rows: int) -> None:
    """Says so where not all rows were looked at."""
    if rows > ROWS:
        st.caption(f"From {ROWS:,} rows, drawn at random from {rows:,}.")

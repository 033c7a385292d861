"""Data: where the rows come from, what each column is for, what is worth mending, and which rows are kept for checking."""

from core.data.drawing import drawable
from pages.parts import (
    data_findings,
    data_look,
    data_missing,
    data_source,
    data_split,
    live,
    state,
)
from pages.parts.room_part import part
from pages.parts.scroll import scroll_to_top

DRAW = "Waits until there are points enough for each task."
WAITS = "Waits until the columns fit: at least one task, and one input."

scroll_to_top("data")
waits = DRAW if drawable(state.document()) else WAITS
live.transport(state.address(), key="transport", asleep=waits if state.waiting() else "")
data_source.status()
with part("data", "source"):
    data_source.source()
with part("tasks", "marks"):
    data_source.marks()
data_source.noticed()
with part("data", "rows"):
    data_findings.findings_panel()
    data_missing.missing()
    data_split.split()
data_look.look()
state.forget_problem()

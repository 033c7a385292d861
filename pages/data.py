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
from pages.parts.scroll import scroll_to_top

DRAW = "Waits until there are points enough for each task."
WAITS = "Waits until the columns fit: at least one task, and one input."

scroll_to_top("data")
run = state.run()
waits = DRAW if drawable(state.document()) else WAITS
live.transport(run.id, key="transport", asleep=waits if state.waiting() else "")
data_source.status()
data_source.source()
data_source.marks()
data_source.noticed()
data_findings.findings_panel()
data_missing.missing()
data_split.split()
data_look.look()
state.forget_problem()

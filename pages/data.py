"""Data: where the rows come from, what each column is for, which rows are kept for checking, and what the columns hold."""

from pages.parts import data_columns, data_missing, data_source, data_split, live, state
from pages.parts.scroll import scroll_to_top

WAITS = "Waits until the columns fit: at least one task, and one input."

scroll_to_top("data")
run = state.run()
live.transport(run.id, key="transport", asleep=WAITS if state.waiting() else "")
data_source.status()
data_source.source()
data_source.marks()
data_source.noticed()
data_split.split()
data_missing.missing()
data_columns.columns()
state.forget_problem()

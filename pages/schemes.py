"""Schemes: all ways to weigh the tasks' losses, what each costs here, and a click to use one. Layout only."""

from pages.parts import live, state
from pages.parts.faults import fault
from pages.parts.scheme_table import conventions, scheme_table
from pages.parts.scroll import scroll_to_top

scroll_to_top("schemes")
live.transport(state.address(), key="transport")
fault()
conventions()
scheme_table()
state.forget_problem()

"""A row as widgets, made from what its columns are like. Layout only: the row itself is the memory of `prediction`."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from core.data.inputs import MISSING
from core.predict import Field, Form
from pages.parts import controls, state
from pages.parts.plain import plain
from pages.parts.words import amount

WIDE, TALL, LINE = 168, 470, 38
"""Pixels: a widget's width, the height in which a long form scrolls, and a widget's height."""
YES = {("0", "1"), ("no", "yes"), ("No", "Yes"), ("False", "True"), ("false", "true"), ("n", "y"), ("N", "Y")}

Put = Callable[[str, Any], None]


def ask(wanted: Form, values: dict[str, Any], put: Put) -> None:
    """A widget for every input; `put` gets a column and its new value."""
    tall = len(wanted.fields) > 20
    with (
        st.container(height=TALL if tall else "content", border=tall),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        for field in wanted.fields:
            widget(field, values.get(field.column), partial(put, field.column))


def widget(field: Field, value: Any, change: controls.Change) -> None:
    key, label = f"ask.column.{field.column}", plain(field.column)
    if field.kind == "number":
        number(field, key, label, value, change)
    elif field.kind == "yes-no" and not field.gaps and field.levels in YES:
        with st.container(width=WIDE, height=LINE, vertical_alignment="center", border=False):
            yes = lambda on: change(field.levels[int(on)])  # noqa: E731
            controls.toggle(label, key, value == field.levels[1], yes, f"Off: {field.levels[0]}, on: {field.levels[1]}.")
    else:
        options: dict[str | None, str] = {level: level for level in field.levels}
        if field.gaps and MISSING not in options:
            options = {None: "not known", **options}
        controls.select(label, key, value, options, change, f"One of {len(field.levels)} in the table.", width=WIDE)


def number(field: Field, key: str, label: str, value: Any, change: controls.Change) -> None:
    """Empty where the value is not known, if the column allows that."""
    cast = int if field.whole else float
    shown = None if value is None else cast(value)
    if shown is not None and shown != value:
        cast, shown = float, float(value)
    default: Any = None if field.gaps else "min"
    help = f"From {amount(field.low)} to {amount(field.high)} in the table." + (" Empty: not known." if field.gaps else "")
    style: dict[str, Any] = {"format": "%d" if cast is int else "%g", "width": WIDE, "placeholder": "not known"}
    told = lambda: change(state.value(key))  # noqa: E731
    st.number_input(label, value=default, step=cast(field.step), key=state.bind(key, shown), help=help, on_change=told, **style)

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

WIDE, TALL, LINE, BOX = 168, 470, 38, 120
"""Pixels: a widget's width, the height in which a long form scrolls, a widget's height, and a text's."""
YES = {("0", "1"), ("no", "yes"), ("No", "Yes"), ("False", "True"), ("false", "true"), ("n", "y"), ("N", "Y")}

MOST = 100
"""So many inputs are shown at once, for a browser to keep up; of more, a search brings up the others."""
FIND = "Words or letters in the name of an input. Inputs that are not shown keep their values."

Put = Callable[[str, Any], None]


def ask(wanted: Form, values: dict[str, Any], put: Put) -> None:
    """A widget for every input (of many, for those that a search finds); `put` gets a column and its new value."""
    tall = len(wanted.fields) > 20
    fields = wanted.fields if len(wanted.fields) <= MOST else searched(wanted.fields)
    with (
        st.container(height=TALL if tall else "content", border=tall),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        for field in fields:
            widget(field, values.get(field.column), partial(put, field.column))


def searched(fields: tuple[Field, ...]) -> list[Field]:
    """A search, and of the inputs that it finds as many as can be shown."""
    text = st.text_input("Find an input", key="ask.find", help=FIND, placeholder="A part of its name").casefold()
    found = [field for field in fields if all(word in field.column.casefold() for word in text.split())]
    st.caption(f"{min(len(found), MOST):,} of {len(fields):,} inputs shown. The others keep their values.")
    return found[:MOST]


def widget(field: Field, value: Any, change: controls.Change) -> None:
    key, label = f"ask.column.{field.column}", plain(field.column)
    if field.kind == "text":
        text(field, key, label, value, change)
    elif field.kind == "number":
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


def text(field: Field, key: str, label: str, value: Any, change: controls.Change) -> None:
    """As wide as there is room. Empty where nothing is known, if the column allows that."""
    help = "Any sentence. Words that no training row has count as unknown." + (" Empty: not known." if field.gaps else "")
    told = lambda: change(state.value(key))  # noqa: E731
    st.text_area(label, key=state.bind(key, value or ""), height=BOX, help=help, on_change=told)


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

"""What each column holds: its answers for a task, its values for an input, as small pictures. Layout only."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from core.charts import balance, column
from core.data.columns import role_of
from core.data.infer import kind_of
from core.data.samples import SAMPLES
from core.data.values import levels, numbers, texts
from core.experiment import Experiment
from pages.parts import state
from pages.parts.column_marks.spec import KINDS, MANY_ROWS, thinned
from pages.parts.plain import plain
from pages.parts.theme import is_dark

FIRST, MORE = 12, 24
TASK_WIDTH, INPUT_WIDTH, INPUT_HEIGHT = 372, 244, 88
QUIET = {"displayModeBar": False}


def columns() -> None:
    document, table = state.document(), state.table()
    frame = thinned(table.frame)
    st.subheader("What the columns hold", anchor=False)
    if len(table.frame) > MANY_ROWS:
        st.caption(f"Pictures and ranges are of {len(frame):,} rows, evenly spread over all {len(table.frame):,}.")
    if document.tasks:
        with st.container(horizontal=True):
            for number in range(min(len(document.tasks), FIRST)):
                _task(document, frame, number)
        st.caption(balance.HELP)
    others = [str(name) for name in frame.columns if role_of(document, str(name)) != "task"]
    others.sort(key=lambda name: role_of(document, name) != "input")
    shown = FIRST if state.get("columns.of") != table.name else state.get("columns.shown", FIRST)
    with st.container(horizontal=True):
        for name in others[:shown]:
            _input(document, frame, name)
    if (rest := len(others) - shown) > 0:
        st.button(
            f"Show {min(rest, MORE)} more of {len(others)} columns",
            on_click=_more,
            args=(table.name, shown),
            icon=":material/expand_more:",
        )


def _more(name: str, shown: int) -> None:
    state.put("columns.of", name)
    state.put("columns.shown", shown + MORE)


def _about(document: Experiment, name: str) -> tuple[str, str | None]:
    """A column's unit and, where the sample tells it, its meaning."""
    source = document.data.source
    sample = SAMPLES.get(source.name) if source.kind == "sample" else None
    return getattr(sample, "UNITS", {}).get(name, ""), getattr(sample, "LABELS", {}).get(name)


def _task(document: Experiment, frame: pd.DataFrame, number: int) -> None:
    task = document.tasks[number]
    unit, meaning = _about(document, task.column)
    marks = document.data.missing.get(task.column, ())
    regression = task.kind == "regression"
    values: Any = numbers(frame[task.column], marks) if regression else texts(frame[task.column], marks)
    chart = balance.figure(values, task.kind, task.column, () if regression else levels(values), unit, number, is_dark())
    with st.container(border=True, width=TASK_WIDTH, gap="xxsmall"):
        _head(task.column, unit, f"task · {KINDS['task'][task.kind]}", values, meaning)
        chart.update_xaxes(title_text=None).update_yaxes(title_text=None).update_layout(
            height=170, margin={"l": 0, "r": 0, "t": 4, "b": 0}
        )
        _draw(chart, task.column)


def _input(document: Experiment, frame: pd.DataFrame, name: str) -> None:
    marks = document.data.missing.get(name, ())
    kind = document.data.inputs.get(name) or kind_of(frame[name], marks)
    unit, meaning = _about(document, name)
    values: Any = numbers(frame[name], marks) if kind == "number" else texts(frame[name], marks)
    what = KINDS["input"][kind] if name in document.data.inputs else "ignored"
    with st.container(border=True, width=INPUT_WIDTH, gap="xxsmall"):
        _head(name, unit, what, values, meaning)
        _draw(column.figure(values, kind, INPUT_HEIGHT), name)


def _head(name: str, unit: str, what: str, values: Any, meaning: str | None) -> None:
    short = name if len(name) <= 26 else f"{name[:25]}…"
    st.markdown(f"**{plain(short)}**", help=meaning or (plain(name) if short != name else None))
    st.caption(" · ".join(filter(None, (what, plain(extent(values, unit)), gaps(values)))))


def _draw(chart: go.Figure, name: str) -> None:
    st.plotly_chart(chart, key=f"column.{name}", config=QUIET)


def extent(values: Any, unit: str = "") -> str:
    """From where to where numbers go, or how many different values there are."""
    known = pd.Series(values).dropna()
    if not len(known):
        return "no values"
    if pd.api.types.is_numeric_dtype(known.dtype):
        return f"{known.min():,.4g} to {known.max():,.4g}{f' {unit}' if unit else ''}"
    different = known.nunique()
    return f"{different:,} values" if different > 2 else " or ".join(f"“{value:.12}”" for value in levels(known.to_numpy()))


def gaps(values: Any) -> str:
    """The share of missing values in a few words, or nothing."""
    share = float(pd.isna(pd.Series(values)).mean())
    return f"{share:.1%} missing" if share >= 0.001 else "< 0.1% missing" if share else ""

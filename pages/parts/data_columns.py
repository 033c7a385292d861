"""What each column holds: its answers for a task, its values for an input, as small pictures. Layout only."""

import json
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from core.charts import balance, column
from core.charts._frame import escaped
from core.data.columns import role_of
from core.data.infer import kind_of
from core.data.samples import SAMPLES
from core.data.text import frequent
from core.data.values import levels, numbers, texts
from core.experiment import Experiment
from pages.parts import state
from pages.parts.column_marks.spec import KINDS, MANY_ROWS, thinned
from pages.parts.plain import plain
from pages.parts.theme import is_dark
from pages.parts.words import amount, with_unit

FIRST, MORE = 12, 24
TASK_WIDTH, TASK_HEIGHT, INPUT_WIDTH, INPUT_HEIGHT = 372, 170, 221, 88
MANY_BARS = 20
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


def _task(document: Experiment, frame: pd.DataFrame, number: int) -> None:
    task = document.tasks[number]
    chart, facts, meaning = _glance(document, frame, task.column, task.kind, number)
    with st.container(border=True, width=TASK_WIDTH):
        _head(task.column, f"task · {KINDS['task'][task.kind]}", facts, meaning)
        _draw(chart, task.column)


def _input(document: Experiment, frame: pd.DataFrame, name: str) -> None:
    used = document.data.inputs.get(name)
    kind = used or kind_of(frame[name], document.data.marks(name))
    chart, facts, meaning = _glance(document, frame, name, kind)
    with st.container(border=True, width=INPUT_WIDTH):
        _head(name, KINDS["input"][kind] if used else "ignored", facts, meaning)
        if isinstance(chart, str):
            with st.container(height=INPUT_HEIGHT, border=False):
                st.markdown(f":small[{plain(chart)}]")
        else:
            _draw(chart, name)


def _glance(document: Experiment, frame: pd.DataFrame, name: str, kind: str, number: int | None = None) -> tuple[Any, str, str]:
    """A column's picture (or a sentence instead), its facts in a few words, and what it means or how its cells were read."""
    source = document.data.source
    sample = SAMPLES.get(source.name) if source.kind == "sample" else None
    unit, meaning = getattr(sample, "UNITS", {}).get(name, ""), getattr(sample, "LABELS", {}).get(name, "")
    if understood := state.table().understood:
        meaning = f"Read with: {plain(what)}." if (what := understood.columns.get(name)) else ""
    marks = document.data.marks(name)
    known = json.dumps([source.model_dump_json(), [mend.model_dump(mode="json") for mend in document.data.mends]])
    return *_picture(known, name, kind, marks, unit, number, is_dark(), frame), meaning


@st.cache_resource(max_entries=400, show_spinner=False)  # a figure takes plotly 20 ms to make; nobody changes one afterwards
def _picture(
    source: str,
    name: str,
    kind: Any,
    marks: tuple[float | str, ...],
    unit: str,
    number: int | None,
    dark: bool,
    _frame: pd.DataFrame,
) -> tuple[go.Figure | str, str]:
    """A sentence stands for an input's picture where it would have too many bars to say anything."""
    amounts = kind in ("number", "regression")
    values: Any = numbers(_frame[name], marks) if amounts else texts(_frame[name], marks)
    if kind == "text":
        return f"Most frequent words: {', '.join(frequent(_frame[name], marks))}.", _length(values)
    order = () if amounts else levels(values)
    facts = " · ".join(filter(None, (extent(values, unit), gaps(values))))
    if number is None and len(order) > MANY_BARS:
        return often(values), facts
    if number is None:
        chart = column.figure(values, kind, INPUT_HEIGHT)
    else:
        chart = balance.figure(values, kind, name, order, unit, number, dark)
        margin = {"l": 0, "r": 0, "t": 4, "b": 0}
        chart.update_xaxes(title_text=None).update_yaxes(title_text=None).update_layout(height=TASK_HEIGHT, margin=margin)
    if 0 < len(order) <= MANY_BARS:  # past that, the chart puts the rest into one bar
        chart.update_xaxes(categoryorder="array", categoryarray=list(map(escaped, order)))
    return chart, facts


def _head(name: str, what: str, facts: str, meaning: str) -> None:
    short = name if len(name) <= 26 else f"{name[:25]}…"
    help = meaning or (plain(name) if short != name else None)
    st.markdown(f"**{plain(short)}**  \n:small[{what} · {plain(facts)}]", help=help)


def _draw(chart: go.Figure, name: str) -> None:
    st.plotly_chart(chart, key=f"column.{name}", config=QUIET)


def extent(values: Any, unit: str = "") -> str:
    """From where to where numbers go, or how many different values there are."""
    known = pd.Series(values).dropna()
    if not len(known):
        return "no values"
    if pd.api.types.is_numeric_dtype(known.dtype):
        low, high = amount(known.min()), amount(known.max())
        return with_unit(f"always {low}" if low == high else f"{low} to {high}", unit)
    different = known.nunique()
    return f"{different:,} values" if different > 2 else " or ".join(f"“{value:.12}”" for value in levels(known.to_numpy()))


def _length(values: Any) -> str:
    return " · ".join(filter(None, (f"{pd.Series(values).nunique():,} texts", gaps(values))))


def often(values: Any) -> str:
    """The most frequent of many values with their shares, or where nearly each occurs once, examples."""
    shares = pd.Series(values).dropna().value_counts(normalize=True)
    names = [f"“{name if len(name) <= 20 else f'{name[:19]}…'}”" for name in map(str, shares.index[:3])]
    if len(shares) >= 0.9 * len(pd.Series(values).dropna()):
        return f"Nearly each occurs once, such as {', '.join(names[:2])}."
    told = [f"{name} {share:.0%}" if share >= 0.01 else f"{name} < 1%" for name, share in zip(names, shares, strict=False)]
    return f"Most often: {', '.join(told)}."


def gaps(values: Any) -> str:
    """The share of missing values in a few words, or nothing."""
    share = float(pd.isna(pd.Series(values)).mean())
    return f"{share:.1%} missing" if share >= 0.001 else "< 0.1% missing" if share else ""

"""Task against task: how strongly their labels go together, which rows have both, and a picture of any two. Layout only."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from core.charts import association as matrix
from core.charts import overlap as bar
from core.charts import together as two
from core.data import association
from core.data.association import Pair, Together
from core.experiment import Data, Task
from pages.parts import controls, state, wrapped
from pages.parts.look_at import QUIET, SEED, drawn_from, known_by, looked_at
from pages.parts.plain import plain
from pages.parts.theme import is_dark
from pages.parts.words import MINUS

TWO_TASKS = "This needs two tasks. Mark another column as a task to see how the two go together."
SCALE = (
    "The number goes from 0 to 1. 0: the one task says nothing about the other. 1: whoever knows the one knows the other. "
    "Tasks that go together can help each other to learn; tasks that do not may get in each other's way."
)
MEASURES = (
    "Two tasks with classes: Cramér's V. Two tasks with numbers: the size of Pearson's correlation. One of each: the "
    "correlation ratio (the root of the share of the variance that lies between the classes)."
)
BOTH = "The share of all rows that have both labels; on the diagonal, those that have the task's own label."
GRADES = (
    (0.1, "hardly go together"),
    (0.3, "go together a little"),
    (0.6, "clearly go together"),
    (2.0, "go together strongly"),
)
BOXES = "Half of a class's rows lie in its box, nine of ten between its ends; the line is the middle row, the dashes the mean."
LINES = "Each line is a class of {first}: how many of its rows have which {second}, and what share of the line that is."
DOTS = "Every point is a row."
GRID = "The stronger the colour of a square, the more rows lie there."


@st.fragment
def together() -> None:
    data, frame, tasks = looked_at()
    if len(tasks) < 2:
        st.info(TWO_TASKS, icon=":material/info:")
        return
    if len(tasks) > 2:
        _all_pairs(_together(known_by(data, tasks), frame, data, tasks))
    first, second = _chosen(data, frame, tasks)
    _one_pair(data, frame, tasks, first, second)
    drawn_from(len(frame))


def graded(strength: float | None) -> str:
    """How strongly two tasks go together, in words."""
    if strength is None:
        return "cannot be compared: on the rows with both labels, one of them is always the same"
    return next(words for limit, words in GRADES if strength < limit)


@st.cache_data(max_entries=32, show_spinner=False)
def _together(key: str, _frame: pd.DataFrame, _data: Data, _tasks: list[Task]) -> Together:
    return association.together(_frame, _data, _tasks, SEED)


@st.cache_data(max_entries=64, show_spinner=False)
def _pair(key: str, first: int, second: int, _frame: pd.DataFrame, _data: Data, _tasks: list[Task]) -> Pair:
    return association.pair(_frame, _data, _tasks[first], _tasks[second], SEED)


def _all_pairs(found: Together) -> None:
    """Every pair of tasks at a glance: how strongly they go together, and how many rows have both labels."""
    left, right = wrapped.columns("look-pairs", [0.5, 0.5])
    notes = [[f"{each.both:,} rows have both labels" for each in line] for line in found.overlap]
    with left:
        st.markdown(f"**{matrix.TITLE}**", help=MEASURES)
        drawn = matrix.figure(found.strength, found.tasks, notes, dark=is_dark())
        st.plotly_chart(drawn, key="look.matrix", config=QUIET)
    with right:
        st.markdown("**Which rows have both labels**", help=BOTH)
        shares = [[each.both / found.rows if found.rows else None for each in line] for line in found.overlap]
        drawn = matrix.figure(shares, found.tasks, notes, shares=True, dark=is_dark())
        st.plotly_chart(drawn, key="look.both", config=QUIET)
    st.caption(SCALE)


def _chosen(data: Data, frame: pd.DataFrame, tasks: list[Task]) -> tuple[int, int]:
    """The pair that is looked at closely: the two that there are, those a person chose, or those that go together most."""
    if len(tasks) == 2:
        return 0, 1
    names = [task.column for task in tasks]
    found = _together(known_by(data, tasks), frame, data, tasks).strength
    pairs = [(i, j) for i in range(len(tasks)) for j in range(i + 1, len(tasks))]
    best = max(pairs, key=lambda pair: found[pair[0]][pair[1]] or 0.0)
    first = names.index(name) if (name := state.get("together.first")) in names else best[0]
    second = names.index(name) if (name := state.get("together.second")) in names else best[1]
    if first == second:
        second = best[1] if first != best[1] else best[0]
    with st.container(horizontal=True):
        _select("One task", "together.first", names, first, second)
        _select("The other", "together.second", names, second, first)
    return first, second


def _select(label: str, key: str, names: list[str], here: int, taken: int) -> None:
    options = {name: name for place, name in enumerate(names) if place != taken}
    help = "Which two tasks are looked at closely."
    controls.select(label, key, names[here], options, lambda name: state.put(key, name), help, width=240)


def _one_pair(data: Data, frame: pd.DataFrame, tasks: list[Task], first: int, second: int) -> None:
    found = _pair(known_by(data, tasks), first, second, frame, data, tasks)
    left, right = wrapped.columns("look-pair", [0.38, 0.62])
    with left:
        _who(found, first, second)
    if not found.overlap.both:
        return
    with right:
        st.plotly_chart(_picture(found, first, second), key="look.pair", config=QUIET)


def _who(found: Pair, first: int, second: int) -> None:
    """What can be said of a pair, and which rows say it."""
    one, other, counts = plain(found.first), plain(found.second), found.overlap
    value = "" if found.strength is None else f" ({found.strength:.2f} of 1)"
    st.markdown(f"**{one}** and **{other}** {graded(found.strength)}{value}.", help=f"{SCALE} {MEASURES}")
    drawn = bar.figure(
        (counts.both, counts.first, counts.second, counts.none), (found.first, found.second), (first, second), is_dark()
    )
    st.plotly_chart(drawn, key="look.overlap", config=QUIET)
    if not counts.both:
        st.info("No row has both labels, so there is nothing to compare.", icon=":material/info:")
        return
    st.caption(_reading(found, one, other))


def _picture(found: Pair, first: int, second: int) -> go.Figure:
    return two.figure(
        (found.first, found.second),
        (first, second),
        classes=found.classes,
        counts=found.counts,
        boxes=found.boxes,
        swapped=found.swapped,
        points=found.points,
        grid=(found.across, found.up, found.grid) if found.grid else None,
        dark=is_dark(),
    )


def _reading(found: Pair, one: str, other: str) -> str:
    """How to read the picture of a pair."""
    if found.boxes is not None:
        return BOXES
    if found.counts:
        return LINES.format(first=one, second=other)
    how = GRID if found.grid else DOTS
    if found.signed is None:
        return how
    way = "more" if found.signed > 0 else "less"
    number = f"{found.signed:.2f}".replace("-", MINUS)
    return f"{how} The more {one}, the {way} {other}, as far as a straight line can say: their correlation is {number}."

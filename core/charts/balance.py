"""What the answers of a task look like before anything is learned. Knows nothing of networks."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from core.charts._frame import bars, escaped, framed, histogram, with_unit
from core.charts.palette import task_color
from core.experiment import TaskKind

TITLE = "Answers in the data"
HELP = "How many rows there are of each answer: a class with few rows is hard to learn and easy to overlook."


def figure(
    values: Any,
    kind: TaskKind,
    name: str,
    classes: Sequence[str] = (),
    unit: str = "",
    number: int = 0,
    dark: bool = False,
) -> go.Figure:
    """Rows per class, or a histogram of a regression task's column.

    values: the column as it is (a pandas series or a list), missing ones included: they are counted below the axis.
    classes: their order, where known. number: the task's, for its colour.
    """
    color = task_color(number).color(dark)
    draw, missing = histogram(values, color) if kind == "regression" else bars(values, color, tuple(classes))
    chart = go.Figure(draw)
    title = with_unit(escaped(name), unit) + (f" · {missing} rows without an answer" if missing else "")
    chart.update_xaxes(title_text=title, type="linear" if kind == "regression" else "category")
    chart.update_yaxes(title_text="rows")
    return framed(chart, 260).update_layout(bargap=0.0 if kind == "regression" else 0.2, showlegend=False)

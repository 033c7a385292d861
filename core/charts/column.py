"""One input column at a glance. Knows nothing of tasks or networks."""

from typing import Any

import plotly.graph_objects as go

from core.charts._frame import bars, framed, histogram
from core.experiment import Kind

TITLE = "Values of a column"
HELP = "How often each value occurs. Missing values are left out."
FEW = 5
COLOR = "#808080"  # an input is no task and has no colour


def figure(values: Any, kind: Kind, height: int = 90) -> go.Figure:
    """A small histogram (number) or bars per value (category, yes-no), without axis titles, to stand beside a name."""
    draw, _ = histogram(values, COLOR) if kind == "number" else bars(values, COLOR)
    chart = go.Figure(draw)
    chart.update_xaxes(type="linear" if kind == "number" else "category", nticks=4, showgrid=False)
    if kind == "number" and len(draw.x) <= FEW and all(width == 1 for width in draw.width or ()):
        chart.update_xaxes(dtick=1)  # whole numbers: none in between
    chart.update_yaxes(visible=False)
    return framed(chart, height).update_layout(
        margin={"l": 0, "r": 0, "t": 0, "b": 0}, bargap=0.0 if kind == "number" else 0.2, showlegend=False
    )

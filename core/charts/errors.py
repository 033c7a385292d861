"""How far off the predictions of a regression task are. Knows nothing of networks."""

from collections.abc import Sequence

import plotly.graph_objects as go

from core.charts._frame import framed, histogram, with_unit
from core.charts.palette import task_color

TITLE = "Errors"
HELP = "How many rows are how far off: narrow and around 0 is good; left of 0 the prediction is too low, right of it too high."


def figure(true: Sequence[float], predicted: Sequence[float], unit: str = "", number: int = 0, dark: bool = False) -> go.Figure:
    """Predicted minus true values as a histogram with a line at 0, in the column's units. number: the task's, for its colour"""
    misses = [guess - truth for truth, guess in zip(true, predicted, strict=True)]
    bars, _ = histogram(misses, task_color(number).color(dark))
    chart = go.Figure(bars)
    if misses:
        chart.add_vline(x=0, line={"color": "#808080", "dash": "dot", "width": 1})
    chart.update_xaxes(title_text=with_unit("predicted minus true", unit))
    chart.update_yaxes(title_text="rows")
    return framed(chart, 380).update_layout(bargap=0.0, showlegend=False)

"""Predicted against true values of a regression task. Knows nothing of networks."""

from collections.abc import Sequence

import plotly.graph_objects as go

from core.charts._frame import escaped, framed, with_unit
from core.charts.palette import task_color

TITLE = "Predicted and true"
HELP = "Every point is a row: on the dotted line the prediction is right, above it too high, below it too low."


def figure(
    true: Sequence[float], predicted: Sequence[float], name: str, unit: str = "", number: int = 0, dark: bool = False
) -> go.Figure:
    """Points and the diagonal, both axes over the same range, in the column's units. number: the task's, for its colour."""
    chart = go.Figure()
    marker = {"color": task_color(number).color(dark), "size": 6, "opacity": 0.6}
    hover = "true %{x:.4g}, predicted %{y:.4g}<extra></extra>"
    chart.add_scatter(x=list(true), y=list(predicted), name="rows", mode="markers", marker=marker, hovertemplate=hover)
    if len(true):
        ends = [min(*true, *predicted), max(*true, *predicted)]
        line = {"color": "#808080", "dash": "dot", "width": 1}
        chart.add_scatter(x=ends, y=ends, name="right", mode="lines", line=line, hoverinfo="skip")
    chart.update_xaxes(title_text=with_unit(f"true {escaped(name)}", unit))
    chart.update_yaxes(title_text=with_unit(f"predicted {escaped(name)}", unit))
    return framed(chart, 380).update_layout(showlegend=False)

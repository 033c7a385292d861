"""What every threshold between no and yes would give. Knows nothing of networks."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from core.charts._frame import escaped, framed
from core.charts.palette import task_color

TITLE = "ROC curve"
HELP = "Every point is a threshold: up is more found, right is more false alarms. The dotted line is guessing."


def figure(curves: Sequence[dict[str, Any]], number: int = 0, dark: bool = False) -> go.Figure:
    """A curve per class with its AUROC in the legend, and the diagonal of guessing.

    curves: as in `core.training.report`: `{"class", "false_positive", "true_positive", "auroc"}`, shares from 0 to 1.
    number: the task's, for its colour; with several curves the colours follow from it.
    """
    chart = go.Figure()
    for step, curve in enumerate(curves):
        look = task_color(number + step)
        chart.add_scatter(
            x=curve["false_positive"],
            y=curve["true_positive"],
            name=f"{escaped(curve['class'])}: {curve['auroc']:.3f}",
            mode="lines",
            line={"color": look.color(dark), "dash": look.plotly_dash if len(curves) > 1 else "solid", "width": 2},
            hovertemplate=f"{escaped(curve['class'])}: %{{y:.0%}} found, %{{x:.0%}} false alarms<extra></extra>",
        )
    line = {"color": "#808080", "dash": "dot", "width": 1}
    chart.add_scatter(x=[0, 1], y=[0, 1], name="guessing: 0.500", mode="lines", line=line, hoverinfo="skip")
    chart.update_xaxes(title_text="false alarms (share of the other rows)", range=[-0.02, 1.02], tickformat=".0%")
    chart.update_yaxes(title_text="found (share of the class)", range=[-0.02, 1.02], tickformat=".0%")
    return framed(chart, 380)

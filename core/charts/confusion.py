"""Which classes are taken for which. Knows nothing of networks."""

from collections.abc import Sequence

import plotly.graph_objects as go

from core.charts._frame import framed
from core.charts.palette import DARK, LIGHT, POSITIVE, blend

TITLE = "Confusion matrix"
HELP = "Each line is a true class, each column an answer: the diagonal is right. Darker means a larger share of the line."


def figure(counts: Sequence[Sequence[int]], classes: Sequence[str], dark: bool = False) -> go.Figure:
    """A square per (true class, answer) with its count and its share of the true class.

    counts: `[true class][predicted class]`; classes: their names, in order. The squares are
    opaque, so that plotly can choose a text colour that shows on each; hence `dark`.
    """
    shares = [[count / (sum(line) or 1) for count in line] for line in counts]
    background = DARK if dark else LIGHT
    heat = go.Heatmap(
        z=shares,
        x=[f"{name} " for name in classes],  # the space keeps plotly from reading names as numbers
        y=[f"{name} " for name in classes],
        customdata=counts,
        text=[
            [f"{count}<br>{share:.0%}" for count, share in zip(*lines, strict=True)]
            for lines in zip(counts, shares, strict=True)
        ],
        texttemplate="%{text}" if len(classes) <= 12 else "",
        colorscale=[[0, blend(POSITIVE, background, 0.08)], [1, POSITIVE]],
        zmin=0,
        zmax=1,
        showscale=False,
        xgap=2,
        ygap=2,
        hovertemplate="true %{y}, answered %{x}: %{customdata} rows, %{z:.0%} of the class<extra></extra>",
    )
    chart = go.Figure(heat)
    chart.update_xaxes(title_text="answer", type="category", showgrid=False)
    chart.update_yaxes(title_text="true class", type="category", autorange="reversed", showgrid=False)
    return framed(chart, 120 + 48 * min(len(classes), 12))

"""A task's score over how many labels it has: with the others, and alone. Knows nothing of how it was found."""

from collections.abc import Sequence

import plotly.graph_objects as go

from core.charts._frame import escaped, framed
from core.charts.palette import NEGATIVE, POSITIVE

TITLE = "With fewer labels"
HELP = "The mean over the networks; the bars are its 95 % interval. Where the blue line is higher, the other tasks help."
HEIGHT = 340
Band = tuple[float | None, float | None, float | None]


def figure(labels: Sequence[int], together: Sequence[Band | None], alone: Sequence[Band | None], score: str) -> go.Figure:
    """labels: how many, rising; together, alone: (mean, low, high) of the score, None where it is not known yet."""
    chart = go.Figure()
    for name, bands, color, dash, mark in (
        ("With the other tasks", together, POSITIVE, "solid", "circle"),
        ("Alone", alone, NEGATIVE, "dash", "diamond"),
    ):
        known = [(count, band) for count, band in zip(labels, bands, strict=True) if band and band[0] is not None]
        chart.add_scatter(
            x=[count for count, _ in known],
            y=[band[0] for _, band in known],
            error_y={
                "type": "data",
                "symmetric": True,
                "array": [_reach(band) for _, band in known],
                "color": color,
                "thickness": 1.5,
                "width": 4,
            },
            mode="lines+markers",
            name=name,
            line={"color": color, "dash": dash, "width": 2.5},
            marker={"size": 9, "symbol": mark},
            hovertemplate="%{x:,} labels: %{y:.3f}<extra>" + name + "</extra>",
        )
    chart.update_xaxes(
        title_text="Labels it learns from",
        type="log",
        tickvals=list(labels),
        ticktext=[f"{count:,}" for count in labels],
    )
    chart.update_yaxes(title_text=escaped(score))
    return framed(chart, HEIGHT)


def _reach(band: Band | None) -> float:
    if band is None or band[0] is None or band[2] is None:
        return 0.0
    return band[2] - band[0]

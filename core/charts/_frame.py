"""What figures share: an empty frame, bars of counts, a histogram. Knows nothing of tasks."""

from html import escape
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

CLEAR, GRID = "rgba(0, 0, 0, 0)", "rgba(128, 128, 128, 0.25)"
BINS, BARS = 30, 20


def framed(figure: go.Figure, height: int) -> go.Figure:
    """Transparent, tight, a grid that does on light and dark, fonts left to the page."""
    axis = {"automargin": True, "gridcolor": GRID, "zerolinecolor": GRID, "linecolor": GRID}
    return (
        figure.update_xaxes(axis)
        .update_yaxes(axis)
        .update_layout(
            height=height,
            margin={"l": 8, "r": 8, "t": 32, "b": 8},
            paper_bgcolor=CLEAR,
            plot_bgcolor=CLEAR,
            legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0.0},
            uirevision="keep",  # a new figure keeps the zoom
        )
    )


def with_unit(name: str, unit: str) -> str:
    return f"{name} ({unit})" if unit else name


def escaped(name: str) -> str:
    """Foreign text for a figure: plotly obeys some HTML in texts, so none is left in it."""
    return escape(name, quote=False)


def counts(values: Any) -> tuple[list[str], list[int], int]:
    """Names and counts, most frequent first, and how many are missing. Past 20 names, the rest is one bar."""
    column = pd.Series(values)
    found = column.dropna().astype(str).value_counts()
    names, numbers = [escaped(str(name)) for name in found.index[:BARS]], [int(number) for number in found.iloc[:BARS]]
    if len(found) > BARS:
        names.append(f"{len(found) - BARS} others")
        numbers.append(int(found.iloc[BARS:].sum()))
    return names, numbers, int(column.isna().sum())


def bars(values: Any, color: str, order: tuple[str, ...] = ()) -> tuple[go.Bar, int]:
    """A bar per name with count and share on hover, in `order` where it names all of them; and how many are missing."""
    names, numbers, missing = counts(values)
    order = tuple(map(escaped, order))
    if set(names) <= set(order):
        numbers = [dict(zip(names, numbers, strict=True)).get(name, 0) for name in order]
        names = list(order)
    whole = sum(numbers) or 1
    shares = [number / whole for number in numbers]
    hover = "%{x}: %{y} rows, %{customdata:.0%}<extra></extra>"
    return go.Bar(x=names, y=numbers, customdata=shares, marker={"color": color}, hovertemplate=hover), missing


def histogram(values: Any, color: str) -> tuple[go.Bar, int]:
    """At most 30 bars of equal width over numbers, counted here so that no table travels; and how many are missing."""
    column = pd.to_numeric(pd.Series(values), errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    known = column[np.isfinite(column)]
    if not len(known):
        return go.Bar(x=[], y=[]), len(column)
    low, high = float(known.min()), float(known.max())
    whole = high - low < BINS and bool((known == np.round(known)).all())
    edges = np.arange(low - 0.5, high + 1) if whole else np.linspace(low, high, min(BINS, len(np.unique(known))) + 1)
    heights, edges = np.histogram(known, bins=edges)
    ranges = [
        f"{(low + high) / 2:.4g}" if whole else f"{low:.4g} to {high:.4g}"
        for low, high in zip(edges[:-1], edges[1:], strict=True)
    ]
    return go.Bar(
        x=((edges[:-1] + edges[1:]) / 2).tolist(),
        y=heights.tolist(),
        width=np.diff(edges).tolist(),
        customdata=ranges,
        marker={"color": color, "line": {"width": 0}},
        hovertemplate="%{customdata}: %{y} rows<extra></extra>",
    ), len(column) - len(known)

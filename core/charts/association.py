"""A figure from 0 to 1 for every pair of tasks. Knows nothing of how it was found."""

from collections.abc import Sequence

import plotly.graph_objects as go

from core.charts._frame import framed
from core.charts._squares import named, squares

TITLE = "Which tasks go together"
HELP = "A square for every pair of tasks: 0 means that one says nothing about the other, 1 that it settles it."


def figure(
    values: Sequence[Sequence[float | None]],
    tasks: Sequence[str],
    notes: Sequence[Sequence[str]] = (),
    shares: bool = False,
    dark: bool = False,
) -> go.Figure:
    """values: `[task][task]` from 0 to 1, None for no square; notes: `[task][task]`, for the hover; shares: in percent."""
    texts = [["" if value is None else f"{value:.0%}" if shares else f"{value:.2f}" for value in line] for line in values]
    hovers = [
        [
            "<br>".join(filter(None, (f"{named(one)} and {named(other)}: {text}", notes[i][j] if notes else "")))
            for j, (other, text) in enumerate(zip(tasks, line, strict=True))
        ]
        for i, (one, line) in enumerate(zip(tasks, texts, strict=True))
    ]
    chart = framed(squares(values, texts, hovers, tasks, tasks, dark), 70 + 34 * max(3, len(tasks)))
    return chart.update_layout(margin={"t": 8})

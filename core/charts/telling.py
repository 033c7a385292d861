"""How much each input says about each task. Knows nothing of how it was found."""

from collections.abc import Sequence

import plotly.graph_objects as go

from core.charts._frame import framed
from core.charts._squares import named, squares

TITLE = "What each input says about each task"
HELP = "A line for every input, a column for every task. The stronger the colour, the more this input says."


def figure(
    shares: Sequence[Sequence[float | None]], inputs: Sequence[str], tasks: Sequence[str], dark: bool = False
) -> go.Figure:
    """shares: `[input][task]` from 0 to 1, None where nothing can be said."""
    texts = [[_percent(share) for share in line] for line in shares]
    hovers = [
        [f"{named(column, 60)} says {text} of {named(task, 60)}" for task, text in zip(tasks, line, strict=True)]
        for column, line in zip(inputs, texts, strict=True)
    ]
    chart = framed(squares(shares, texts, hovers, inputs, tasks, dark), 50 + 24 * max(3, len(inputs)))
    return chart.update_xaxes(side="top").update_layout(margin={"t": 8})


def _percent(share: float | None) -> str:
    if share is None:
        return "nothing"
    return "&lt; 1%" if 0 < share < 0.01 else f"{share:.0%}"

"""What sharing is worth: a square for every set of tasks trained together and every task. Knows nothing of how it was found."""

from collections.abc import Sequence

import plotly.graph_objects as go

from core.charts._frame import CLEAR, GRID, framed
from core.charts._squares import MOST_WRITTEN, named, ticks
from core.charts.confusion import ink_on
from core.charts.palette import DARK, LIGHT, NEGATIVE, POSITIVE, blend

TITLE = "Who learns better with whom"
HELP = "Blue: better than alone. Orange: worse. The stronger the colour, the more. A question mark: the interval holds 0."
LEAST = 0.02
"""Of gains that are all smaller, none is drawn in full colour."""
SURE, UNSURE = 1.0, 0.35
"""How strong a colour is where a gain is told from 0, and where it is not."""
ROW, AROUND, LONGEST = 38, 60, 48


def figure(
    values: Sequence[Sequence[float | None]],
    sure: Sequence[Sequence[bool]],
    hovers: Sequence[Sequence[str]],
    sets: Sequence[str],
    tasks: Sequence[str],
    alone: Sequence[str] = (),
    dark: bool = False,
) -> go.Figure:
    """values: gains `[set][task]`, None for no square; sure: whether the interval lies on one side of 0; hovers: sentences,
    foreign parts of them `named`; sets, tasks: names as they came; alone: what each task scores alone, on a line above.
    """
    paper = DARK if dark else LIGHT
    most = max([LEAST, *(abs(value) for line in values for value in line if value is not None)])
    chart = go.Figure()
    for place, text in enumerate(alone):
        box = {"x0": place - 0.48, "x1": place + 0.48, "y0": -1.46, "y1": -0.54}
        chart.add_shape(type="rect", fillcolor=CLEAR, line={"width": 1, "color": GRID}, layer="below", **box)
        chart.add_annotation(x=place, y=-1, text=text, showarrow=False)
    for at, line in enumerate(values):
        for place, value in enumerate(line):
            if value is None:
                continue
            strength = min(1.0, 0.15 + 0.85 * abs(value) / most) * (SURE if sure[at][place] else UNSURE)
            color = blend(POSITIVE if value >= 0 else NEGATIVE, paper, strength)
            box = {"x0": place - 0.48, "x1": place + 0.48, "y0": at - 0.46, "y1": at + 0.46}
            chart.add_shape(type="rect", fillcolor=color, line={"width": 0}, layer="below", **box)
            text = signed(value) + ("" if sure[at][place] else " ?")
            shown = text if len(tasks) <= MOST_WRITTEN else ""
            chart.add_annotation(x=place, y=at, text=shown, showarrow=False, font={"color": ink_on(color)})
    squares = [(at, place) for at, line in enumerate(values) for place, value in enumerate(line) if value is not None]
    chart.add_scatter(
        x=[place for _, place in squares],
        y=[at for at, _ in squares],
        mode="markers",
        marker={"size": 26, "opacity": 0, "symbol": "square"},
        customdata=[hovers[at][place] for at, place in squares],
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=False,
    )
    bare = {"showgrid": False, "zeroline": False, "fixedrange": True}
    chart.update_xaxes(range=[-0.5, len(tasks) - 0.5], side="top", **ticks(tasks), **bare)
    top = -1 if alone else 0
    names = [*(["Alone"] if alone else []), *(named(name, LONGEST) for name in sets)]
    chart.update_yaxes(range=[len(sets) - 0.5, top - 0.5], tickvals=list(range(top, len(sets))), ticktext=names, **bare)
    return framed(chart, AROUND + ROW * max(2, len(sets) - top)).update_layout(margin={"t": 40})


def signed(value: float) -> str:
    """A gain with its sign: three decimals."""
    return f"{value:+.3f}".replace("-", "\u2212") if abs(value) >= 5e-4 else "0.000"

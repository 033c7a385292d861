"""How many rows have both of two labels, one of them, or none. Knows nothing of tables."""

import plotly.graph_objects as go

from core.charts._frame import framed
from core.charts._squares import named
from core.charts.palette import POSITIVE, rgba, task_color

TITLE = "Which rows have the labels"
HELP = "The whole bar is all rows: those with both labels, with only one of them, and with none."
GREY = "#808080"
LINE, BAR = 20, 34


def figure(
    counts: tuple[int, int, int, int], names: tuple[str, str], numbers: tuple[int, int] = (0, 1), dark: bool = False
) -> go.Figure:
    """counts: rows with both labels, only the first, only the second, none; numbers: of the tasks, for their colours."""
    whole = sum(counts) or 1
    titles = ("both", f"only {named(names[0])}", f"only {named(names[1])}", "neither")
    first, second = (task_color(number).color(dark) for number in numbers)
    colors = (rgba(POSITIVE, 0.85), rgba(first, 0.6), rgba(second, 0.6), rgba(GREY, 0.3))
    chart = go.Figure()
    for title, count, color in zip(titles, counts, colors, strict=True):
        if count:
            chart.add_bar(
                name=f"{title}: {count:,} ({count / whole:.0%})",
                y=[0],
                x=[count],
                orientation="h",
                marker={"color": color, "line": {"width": 0}},
                customdata=[f"{title}: {count:,} of {whole:,} rows"],
                hovertemplate="%{customdata}<extra></extra>",
            )
    chart.update_xaxes(visible=False, range=[0, whole], fixedrange=True).update_yaxes(visible=False, fixedrange=True)
    above = LINE * len(chart.data) + 4
    legend = {"orientation": "v", "yref": "container", "y": 1.0, "yanchor": "top", "traceorder": "normal"}
    return framed(chart, above + BAR).update_layout(
        barmode="stack",
        margin={"l": 0, "r": 0, "t": above, "b": 0},
        showlegend=True,
        legend={**legend, "maxheight": 4 * LINE + BAR, "itemclick": False, "itemdoubleclick": False},
    )

"""Two tasks looked at closely: counts of classes, boxes, points or a grid. Knows nothing of tables."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from core.charts._frame import framed
from core.charts._squares import named, squares
from core.charts.palette import POSITIVE, rgba, task_color

TITLE = "Two tasks together"
HELP = "How the labels of one task are spread where the other task's label is known."
HEIGHT = 340
Box = tuple[int, float, Sequence[float]]


def figure(
    names: tuple[str, str],
    numbers: tuple[int, int] = (0, 1),
    *,
    classes: tuple[Sequence[str], Sequence[str]] = ((), ()),
    counts: Sequence[Sequence[int]] = (),
    boxes: Mapping[str, Box] | None = None,
    swapped: bool = False,
    points: Sequence[tuple[float, float]] = (),
    grid: tuple[Sequence[float], Sequence[float], Sequence[Sequence[int]]] | None = None,
    dark: bool = False,
) -> go.Figure:
    """names, numbers: of the two tasks, the first down the side or along the bottom as its kind has it.

    counts `[first class][second class]` with both `classes`; or boxes: class -> (rows, mean, 5, 25, 50, 75 and 95 %), where
    swapped says that the amounts are the first task's; or points; or grid: (across, up, counts `[up][across]`).
    """
    if boxes is not None:
        return _boxes(names, numbers, boxes, swapped, dark)
    if len(counts):
        return _counts(names, classes, counts, dark)
    chart = go.Figure()
    if grid is not None:
        across, up, amounts = grid
        chart.add_heatmap(
            x=list(across),
            y=list(up),
            z=[[count or None for count in line] for line in amounts],
            colorscale=[[0, rgba(POSITIVE, 0.15)], [1, POSITIVE]],
            showscale=False,
            hoverongaps=False,
            hovertemplate="about %{x:.4g} and %{y:.4g}: %{z:,} rows<extra></extra>",
        )
    else:
        chart.add_scatter(
            x=[point[0] for point in points],
            y=[point[1] for point in points],
            mode="markers",
            marker={"color": POSITIVE, "size": 8, "opacity": 0.8},
            hovertemplate="%{x:.4g} and %{y:.4g}<extra></extra>",
        )
    chart.update_xaxes(title_text=named(names[0], 60)).update_yaxes(title_text=named(names[1], 60))
    framed(chart, HEIGHT).update_layout(margin={"t": 8}, showlegend=False)
    return chart.update_xaxes(showgrid=grid is None).update_yaxes(showgrid=grid is None)


def _counts(
    names: tuple[str, str], classes: tuple[Sequence[str], Sequence[str]], counts: Sequence[Sequence[int]], dark: bool
) -> go.Figure:
    """A line per class of the first task; shares are of the line."""
    wholes = [sum(line) for line in counts]
    shares = [[count / whole if whole else None for count in line] for line, whole in zip(counts, wholes, strict=True)]
    texts = [
        [f"{count:,} · {share:.0%}" if share is not None else "" for count, share in zip(*lines, strict=True)]
        for lines in zip(counts, shares, strict=True)
    ]
    if len(classes[1]) > 6:  # narrow squares have room for the share alone
        written = [[f"{share:.0%}" if share is not None else "" for share in line] for line in shares]
    else:
        written = texts
    hovers = [
        [
            f"{named(names[0])} {named(one)}, {named(names[1])} {named(other)}:<br>{text} of the line"
            for other, text in zip(classes[1], line, strict=True)
        ]
        for one, line in zip(classes[0], texts, strict=True)
    ]
    chart = squares(shares, written, hovers, classes[0], classes[1], dark)
    chart.update_xaxes(title_text=named(names[1], 60)).update_yaxes(title_text=named(names[0], 60))
    return framed(chart, 90 + 34 * max(3, len(classes[0]))).update_layout(margin={"t": 8})


def _boxes(names: tuple[str, str], numbers: tuple[int, int], boxes: Mapping[str, Box], swapped: bool, dark: bool) -> go.Figure:
    """The classes along the bottom, the amounts up the side."""
    amount, group = names if swapped else names[::-1]
    color = task_color(numbers[0] if swapped else numbers[1]).color(dark)
    low, first, middle, third, high = zip(*(box[2] for box in boxes.values()), strict=True) if boxes else [()] * 5
    places = list(range(len(boxes)))
    chart = go.Figure(
        go.Box(
            x=places,
            lowerfence=low,
            q1=first,
            median=middle,
            q3=third,
            upperfence=high,
            mean=[box[1] for box in boxes.values()],
            marker={"color": color},
            hoverinfo="y",
        )
    )
    ticks = [f"{named(name)}<br>{box[0]:,} rows" for name, box in boxes.items()]
    chart.update_xaxes(title_text=named(group, 60), tickvals=places, ticktext=ticks, showgrid=False)
    chart.update_yaxes(title_text=named(amount, 60))
    return framed(chart, HEIGHT).update_layout(margin={"t": 8}, showlegend=False)

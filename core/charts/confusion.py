"""Which classes are taken for which. Knows nothing of networks."""

from collections.abc import Sequence

import plotly.graph_objects as go

from core.charts._frame import escaped, framed
from core.charts.palette import DARK, LIGHT, POSITIVE, blend

INKS = ("#000000", "#ffffff")
"""Of any colour one of the two differs by a contrast of 4.5 and more; of a theme's own ink that is not so."""

TITLE = "Confusion matrix"
HELP = "Each line is a true class, each column an answer: the diagonal is right. Darker means a larger share of the line."


def figure(counts: Sequence[Sequence[int]], classes: Sequence[str], dark: bool = False) -> go.Figure:
    """A square per (true class, answer) with its count and its share of the true class.

    counts: `[true class][predicted class]`; classes: their names, in order. The squares are opaque, so that it is
    known which ink shows on each; hence `dark`. A heat map writes in one colour: there is one for each ink.
    """
    shares = [[count / (sum(line) or 1) for count in line] for line in counts]
    palest = blend(POSITIVE, DARK if dark else LIGHT, 0.08)
    inks = [[ink_on(blend(POSITIVE, palest, share)) for share in line] for line in shares]
    places = {ink: [[own == ink for own in line] for line in inks] for ink in INKS}
    chart = go.Figure(
        [heat_map(counts, shares, classes, palest, here, ink) for ink, here in places.items() if any(map(any, here))]
    )
    chart.update_xaxes(title_text="answer", type="category", showgrid=False)
    chart.update_yaxes(title_text="true class", type="category", autorange="reversed", showgrid=False)
    return framed(chart, 120 + 48 * min(len(classes), 12))


def heat_map(
    counts: Sequence[Sequence[int]],
    shares: Sequence[Sequence[float]],
    classes: Sequence[str],
    palest: str,
    here: Sequence[Sequence[bool]],
    ink: str,
) -> go.Heatmap:
    """The squares that are written on with this ink, those that are `here`."""
    return go.Heatmap(
        z=[[share if ours else None for share, ours in zip(*lines, strict=True)] for lines in zip(shares, here, strict=True)],
        x=[f"{escaped(name)} " for name in classes],  # the space keeps plotly from reading names as numbers
        y=[f"{escaped(name)} " for name in classes],
        customdata=counts,
        text=[
            [f"{count}<br>{share:.0%}" if ours else "" for count, share, ours in zip(*lines, strict=True)]
            for lines in zip(counts, shares, here, strict=True)
        ],
        texttemplate="%{text}" if len(classes) <= 12 else "",
        textfont={"color": ink},
        hoverongaps=False,
        colorscale=[[0, palest], [1, POSITIVE]],
        zmin=0,
        zmax=1,
        showscale=False,
        xgap=2,
        ygap=2,
        hovertemplate="true %{y}, answered %{x}: %{customdata} rows, %{z:.0%} of the class<extra></extra>",
    )


def ink_on(color: str) -> str:
    return max(INKS, key=lambda ink: contrast(ink, color))


def contrast(one: str, other: str) -> float:
    """How far apart two `#rrggbb` are in luminance, 1 to 21, as WCAG has it."""
    dim, bright = sorted(map(luminance, (one, other)))
    return (bright + 0.05) / (dim + 0.05)


def luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

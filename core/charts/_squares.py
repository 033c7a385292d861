"""What figures of squares share: names that are shown as they are, and squares that are written on. Knows nothing of tasks."""

from collections.abc import Sequence

import plotly.graph_objects as go

from core.charts._frame import escaped
from core.charts.confusion import ink_on
from core.charts.palette import DARK, LIGHT, POSITIVE, blend

LONGEST, MOST_WRITTEN = 24, 12
PALEST = 0.06


def named(text: str, longest: int = LONGEST) -> str:
    """Foreign text for a figure, `escaped`, on one line and not too long."""
    text = " ".join(text.split())
    return escaped(text if len(text) <= longest else f"{text[: longest - 1]}…")


def squares(
    values: Sequence[Sequence[float | None]],
    texts: Sequence[Sequence[str]],
    hovers: Sequence[Sequence[str]],
    lines: Sequence[str],
    columns: Sequence[str],
    dark: bool = False,
) -> go.Figure:
    """A square per (line, column), of a stronger colour the larger its value from 0 to 1; none where the value is None.

    texts: written on the squares where there are few enough columns; hovers: whole sentences, foreign parts of them
    `named`; lines, columns: names as they came. Squares are opaque, and each ink that shows on them has its own heat map.
    """
    palest = blend(POSITIVE, DARK if dark else LIGHT, PALEST)
    inks = [[None if value is None else ink_on(blend(POSITIVE, palest, value)) for value in line] for line in values]
    used = sorted({ink for line in inks for ink in line if ink})
    chart = go.Figure()
    for ink in used:
        chart.add_heatmap(
            z=_only(ink, inks, values, None),
            x=list(range(len(columns))),
            y=list(range(len(lines))),
            text=_only(ink, inks, texts, ""),
            customdata=hovers,
            texttemplate="%{text}" if len(columns) <= MOST_WRITTEN else "",
            textfont={"color": ink},
            hovertemplate="%{customdata}<extra></extra>",
            hoverongaps=False,
            colorscale=[[0, palest], [1, POSITIVE]],
            zmin=0,
            zmax=1,
            showscale=False,
            xgap=2,
            ygap=2,
        )
    bare = {"showgrid": False, "zeroline": False, "fixedrange": True}
    chart.update_xaxes(range=[-0.5, len(columns) - 0.5], **ticks(columns), **bare)
    return chart.update_yaxes(range=[len(lines) - 0.5, -0.5], **ticks(lines), **bare)


def _only(ink: str, inks: Sequence[Sequence[str | None]], what: Sequence[Sequence], other: str | None) -> list[list]:
    """What stands on the squares of one ink; plotly would write on empty squares too."""
    return [[each if own == ink else other for each, own in zip(*lines, strict=True)] for lines in zip(what, inks, strict=True)]


def ticks(names: Sequence[str]) -> dict[str, list]:
    return {"tickvals": list(range(len(names))), "ticktext": [named(name) for name in names]}

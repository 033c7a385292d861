"""Loss or a metric of each task over the epochs. Knows nothing of how records came about."""

from collections.abc import Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from core.charts._frame import framed, with_unit
from core.charts.palette import rgba, task_color
from core.training.metrics import METRICS

TITLE = "Learning curves"
HELP = "Solid is what it was trained on, dashed is rows it never saw; where they part, it learns by heart."
PANEL, FRAME, LONGEST = 225, 96, 30
"""Pixels of a panel with its head, and of what is around all of them; letters of a name."""
PARTS = {"train": ("training", "solid"), "validation": ("validation", "dash")}


def figure(
    records: Sequence[dict[str, Any]],
    tasks: Sequence[dict[str, Any]],
    metric: str = "loss",
    log: bool = False,
    dark: bool = False,
    columns: int = 2,
) -> go.Figure:
    """One panel per task with its training and validation curve; a band over replicas where they differ.

    records, tasks: as in `core.runs.wire` (`frame["records"]`, `scene["tasks"]`), every number a band `[mean, low, high]`.
    metric: "loss", "loss_units", a metric's name, or "primary" for the main one of each task; a task without it
    has an empty panel. log: logarithmic axis. What the axis shows stands below the task's name, where there is room for it
    however small a panel is.
    """
    columns = max(1, min(columns, len(tasks)))
    rows = max(1, -(-len(tasks) // columns))
    heads = [_head(task, task["primary"] if metric == "primary" else metric) for task in tasks]
    tall = FRAME + PANEL * rows
    gaps = {"vertical_spacing": 76 / (tall - FRAME), "horizontal_spacing": 0.16 / columns}
    chart = make_subplots(rows, columns, subplot_titles=heads or None, **gaps)
    for number, task in enumerate(tasks):
        place = {"row": number // columns + 1, "col": number % columns + 1}
        name = task["primary"] if metric == "primary" else metric
        color = task_color(number).color(dark)
        for part, (title, dash) in PARTS.items():
            epochs, bands = _bands(records, part, number, name)
            if not epochs:
                continue
            if any(low != high for _, low, high in bands):
                chart.add_traces(_band(epochs, bands, rgba(color, 0.15), part), **_everywhere(place, 2))
            line = go.Scatter(
                x=epochs,
                y=[mean for mean, _, _ in bands],
                name=title,
                legendgroup=part,
                showlegend=number == 0,
                mode="lines" if len(epochs) > 1 else "markers",
                line={"color": color, "dash": dash, "width": 2},
                hovertemplate=f"epoch %{{x}}, {title}: %{{y:.4g}}<extra>{escape(task['name'], quote=False)}</extra>",
            )
            chart.add_trace(line, **place)
        chart.update_yaxes(type="log" if log else "linear", exponentformat="power", nticks=6, **place)
        chart.update_xaxes(matches="x", title_text="epoch" if number >= len(tasks) - columns else "", **place)  # one zoom
    chart.update_annotations(font={"size": 14}, yshift=2)
    legend = {"y": 1.0 + 46 / (tall - FRAME)}
    return framed(chart, tall).update_layout(legend=legend, margin={"l": 8, "r": 8, "t": FRAME - 30, "b": 22})


def _head(task: dict[str, Any], name: str) -> str:
    """The task's name, and what the axis below it shows, in plotly's markup: nothing in a name is obeyed."""
    title, shown = (escape(text, quote=False) for text in (_short(task["name"]), _title(task, name)))
    return f"<b>{title}</b><br><span style='font-size: 12px'>{shown}</span>"


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def _bands(records: Sequence[dict[str, Any]], part: str, task: int, name: str) -> tuple[list[float], list[list[float | None]]]:
    """Epochs and bands of the records that have this number."""
    found = [
        (record["epoch"], record[part][task][name]) for record in records if record.get(part) and name in record[part][task]
    ]
    found = [(epoch, band) for epoch, band in found if band is not None]
    return [epoch for epoch, _ in found], [band for _, band in found]


def _band(epochs: list[float], bands: list[list[float | None]], color: str, part: str) -> list[go.Scatter]:
    """Lower edge, then the upper one filled down to it."""
    same = {"x": epochs, "mode": "lines", "line": {"width": 0}, "showlegend": False, "hoverinfo": "skip", "legendgroup": part}
    low = go.Scatter(y=[band[1] for band in bands], name="low", **same)
    return [low, go.Scatter(y=[band[2] for band in bands], name="high", fill="tonexty", fillcolor=color, **same)]


def _everywhere(place: dict[str, int], count: int) -> dict[str, list[int]]:
    return {"rows": [place["row"]] * count, "cols": [place["col"]] * count}


def _title(task: dict[str, Any], name: str) -> str:
    if name == "loss":
        return task["loss"]
    if name == "loss_units":
        return f"{task['loss']}, in the column's units"
    known = {metric.name: metric for metric in METRICS[task["kind"]]}
    return with_unit(known[name].title, task["unit"] if known[name].in_units else "") if name in known else name

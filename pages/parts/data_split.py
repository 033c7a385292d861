"""Which rows are learned from and which are kept for checking: three controls and a picture. Layout only."""

import json
from collections.abc import Mapping

import plotly.graph_objects as go
import streamlit as st

from core.charts._frame import escaped
from core.charts.palette import DARK, LIGHT, rgba, task_color
from core.experiment import Split
from pages.parts import controls, state
from pages.parts.theme import is_dark

PARTS = {"train": "training", "validation": "validation", "test": "test"}
GREY, OPACITIES = "#808080", (0.5, 0.3, 0.14)
MOST = 8
"""So many tasks get a bar."""


VALIDATION = (
    "Rows that are looked at while it trains, and never learned from: they show whether the network has understood or only "
    "learned by heart."
)
TEST = "Rows that are looked at once, when training is over: the honest result. Do not tune by them."
VARY = (
    "When several networks (replicas) train side by side: on, each draws other rows; off, all share one split. On shows how "
    "much of the result is luck of the draw."
)
GAPS = "Colour shows rows that have an answer for the task. Rows without one still train the other tasks."
ALONE = "Colour shows rows that have an answer for the task. Rows without one teach nothing."
NO_GAPS = "Training rows teach; validation rows check on the way; test rows are looked at once, at the end."


def split() -> None:
    st.subheader("Which rows are learned from", anchor=False)
    document = state.document()
    shares = document.data.split
    sliders, picture = st.columns([0.27, 0.73], gap="medium")
    with sliders:
        _share("Validation", "validation", shares.validation, VALIDATION)
        _share("Test", "test", shares.test, TEST)
        controls.toggle("Own split per replica", "data.vary", shares.vary, controls.at("data.split.vary"), VARY)
    with picture:
        facts = {} if state.waiting() else state.run().facts
        rows, labelled = facts.get("rows") or planned(len(state.table().frame), shares), facts.get("labelled", {})
        st.plotly_chart(_picture(json.dumps([rows, labelled]), is_dark()), key="data.split", config={"displayModeBar": False})
        st.caption((GAPS if len(labelled) > 1 else ALONE) if _gaps(rows, labelled) else NO_GAPS)


def _share(label: str, name: str, value: float, help: str) -> None:
    change = controls.at(f"data.split.{name}")
    controls.slider(label, f"data.{name}", value, change, help, 0.0, 0.8, 0.05, format="percent")


@st.cache_resource(max_entries=100, show_spinner=False)
def _picture(counts: str, dark: bool) -> go.Figure:
    rows, labelled = json.loads(counts)
    return figure(rows, labelled, dark)


def _gaps(rows: Mapping[str, int], labelled: Mapping[str, Mapping[str, int]]) -> bool:
    return any(task[part] < rows[part] for task in labelled.values() for part in PARTS)


def planned(rows: int, shares: Split) -> dict[str, int]:
    """Rows of each part, before there is a task to deal them out for."""
    test, validation = (max(1, round(rows * share)) if share else 0 for share in (shares.test, shares.validation))
    return {"train": rows - test - validation, "validation": validation, "test": test}


def figure(rows: Mapping[str, int], labelled: Mapping[str, Mapping[str, int]], dark: bool = False) -> go.Figure:
    """A bar of all rows, and below it one per task with a label in each part; what a task lacks stays empty.

    rows: of each part. labelled: column -> rows of each part that have an answer.
    """
    tasks = [(column, task_color(number).color(dark), counts) for number, (column, counts) in enumerate(labelled.items())][
        :MOST
    ]
    lanes = [("all rows", GREY, rows), *tasks]
    chart = go.Figure()
    starts = {"train": 0, "validation": rows["train"], "test": rows["train"] + rows["validation"]}
    for (part, title), opacity in zip(PARTS.items(), OPACITIES, strict=True):
        counts = [lane[part] for _, _, lane in lanes]
        chart.add_bar(
            name=title,
            orientation="h",
            y=list(range(len(lanes))),
            x=counts,
            base=[starts[part]] * len(lanes),
            width=0.66,
            marker={"color": [rgba(color, opacity) for _, color, _ in lanes], "line": {"width": 0}},
            text=[f"{title} {count:,}" if lane == 0 else f"{count:,}" for lane, count in enumerate(counts)],
            textposition="inside",
            insidetextanchor="start",
            textangle=0,
            textfont={"color": LIGHT if dark else DARK},
            hovertemplate="%{customdata}<extra></extra>",
            customdata=[f"{title}: {count:,} of {rows[part]:,} rows" for count in counts],
        )
    chart.update_xaxes(visible=False, range=[0, sum(rows.values()) or 1], fixedrange=True)
    names = [escaped(name if len(name) <= 18 else f"{name[:17]}…") for name, _, _ in lanes]
    chart.update_yaxes(tickvals=list(range(len(lanes))), ticktext=names, autorange="reversed", fixedrange=True, showgrid=False)
    clear = "rgba(0, 0, 0, 0)"
    return chart.update_layout(
        barmode="overlay",
        height=28 + 36 * len(lanes),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        showlegend=False,
        paper_bgcolor=clear,
        plot_bgcolor=clear,
    )

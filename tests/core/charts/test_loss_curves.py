"""Curves of records in the wire format."""

import pytest

from core.charts.loss_curves import figure
from core.charts.palette import task_color

TASKS = [
    {"name": "size", "kind": "regression", "classes": [], "unit": "cm", "loss": "Mean squared error", "primary": "r2"},
    {"name": "sick", "kind": "binary", "classes": ["no", "yes"], "unit": "", "loss": "BCE", "primary": "accuracy"},
    {"name": "type", "kind": "multiclass", "classes": ["a", "b"], "unit": "", "loss": "CE", "primary": "accuracy"},
]


def records(spread: float = 0.0, validation: bool = True) -> list[dict]:
    def scores(epoch: int, shift: float) -> list[dict]:
        band = [shift + 1 / (epoch + 1)] * 3
        band = [band[0], band[1] - spread, band[2] + spread]
        return [{"loss": band, "rmse": band}, {"loss": band, "accuracy": band}, {"loss": band, "accuracy": None}]

    return [
        {"epoch": epoch, "train": scores(epoch, 0), "validation": scores(epoch, 0.1) if validation else []}
        for epoch in range(4)
    ]


def name(head: str) -> str:
    return head.removeprefix("<b>").split("</b>")[0]


def test_long_or_foreign_names_stay_names():
    tasks = [{**TASKS[0], "name": "<a href='x'>" + "long " * 20}, *TASKS[1:]]
    text = name(figure(records(), tasks).layout.annotations[0].text)
    assert text.startswith("&lt;a href")
    assert len(text) < 40
    assert text.endswith("…")


def test_two_lines_per_task_without_a_spread():
    chart = figure(records(), TASKS)
    assert len(chart.data) == 6
    train, held_out = chart.data[:2]
    assert list(train.x) == [0, 1, 2, 3]
    assert list(train.y) == pytest.approx([1, 1 / 2, 1 / 3, 1 / 4])
    assert list(held_out.y) == pytest.approx([1.1, 0.6, 1 / 3 + 0.1, 0.35])
    assert (train.line.dash, held_out.line.dash) == ("solid", "dash")
    assert [line.showlegend for line in chart.data] == [True, True, False, False, False, False]
    assert [name(note.text) for note in chart.layout.annotations] == ["size", "sick", "type"]
    assert chart.data[2].line.color == task_color(1).light
    assert figure(records(), TASKS, dark=True).data[2].line.color == task_color(1).dark


def test_a_band_over_replicas():
    chart = figure(records(spread=0.2), TASKS)
    assert len(chart.data) == 18
    low, high, mean = chart.data[:3]
    assert high.fill == "tonexty"
    assert list(low.y)[0] == pytest.approx(0.8)
    assert list(high.y)[0] == pytest.approx(1.2)
    assert list(mean.y)[0] == 1


def test_log_axis_metrics_and_units():
    assert figure(records(), TASKS).layout.yaxis.type == "linear"
    assert figure(records(), TASKS, log=True).layout.yaxis3.type == "log"
    chart = figure(records(), TASKS, metric="rmse")
    assert "Root mean squared error (cm)" in chart.layout.annotations[0].text
    assert len(chart.data) == 2
    primary = figure(records(), TASKS, metric="primary")
    assert "Accuracy" in primary.layout.annotations[1].text
    assert len(primary.data) == 2  # neither R² nor the third task's accuracy is there


def test_without_validation_rows_records_or_tasks():
    assert len(figure(records(validation=False), TASKS).data) == 3
    assert len(figure([], TASKS).data) == 0
    assert len(figure([], []).data) == 0

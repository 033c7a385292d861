"""The picture of the split: one bar of all rows, one per task, and gaps where answers lack."""

import pytest

from core.experiment import Split
from pages.parts.data_split import MOST, figure, planned

ROWS = {"train": 60, "validation": 20, "test": 20}


def test_parts_stand_side_by_side_and_gaps_stay_empty():
    chart = figure(ROWS, {"thal": {"train": 50, "validation": 20, "test": 0}})
    assert [bar.base[1] for bar in chart.data] == [0, 60, 80]
    assert [bar.x[1] for bar in chart.data] == [50, 20, 0]
    assert list(chart.layout.xaxis.range) == [0, 100]
    assert chart.data[0].text[0] == "training 60"


def test_many_tasks_do_not_fill_the_page():
    chart = figure(ROWS, {f"task {i}": ROWS for i in range(50)})
    assert len(chart.layout.yaxis.tickvals) == MOST + 1


@pytest.mark.parametrize(("rows", "validation", "test"), [(303, 0.2, 0.2), (10, 0.05, 0.05), (100, 0.0, 0.0), (0, 0.2, 0.2)])
def test_the_plan_uses_every_row_once(rows, validation, test):
    parts = planned(rows, Split(validation=validation, test=test))
    assert sum(parts.values()) == rows


def test_long_names_are_cut():
    chart = figure(ROWS, {"a" * 80: ROWS})
    assert len(chart.layout.yaxis.ticktext[1]) == 18

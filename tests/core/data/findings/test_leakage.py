"""Columns that hold the answer, however it is written, and columns that only help."""

import numpy as np
import pandas as pd
import pytest

from tests.core.data.findings.looking import clean, found, rng

FRAME = clean(400)
ILL, DAYS = FRAME["ill"], FRAME["days"]
NOISE = rng(3).normal(size=400)


@pytest.mark.parametrize(
    "leak",
    [
        ILL,
        ILL.map({"yes": "krank", "no": "gesund"}),
        ILL.map({"yes": 1, "no": 0}),
        ILL.eq("yes"),
        ILL.where(NOISE > -1.5),
        ILL.eq("yes") * 3.0 + 0.1 * NOISE,
        np.abs(ILL.eq("yes") * 3.0 + 0.1 * NOISE - 3),
    ],
    ids=["copy", "renamed", "as a number", "as true", "with gaps", "with noise", "far from it"],
)
def test_a_class_is_told(leak):
    (only,) = found("leakage", FRAME.assign(leak=leak), "ill")
    assert only.column == "leak"
    assert "“leak” alone tells “ill”" in only.sentence
    assert "balanced accuracy" in only.sentence
    assert only.offers[0].op == {"op": "ignore", "column": "leak"}


@pytest.mark.parametrize(
    "leak",
    [DAYS, 100 * DAYS - 7, -DAYS, np.exp(DAYS), DAYS + 0.05 * NOISE, DAYS.round(0).astype(int).astype(str) + " d"],
    ids=["copy", "shifted scale", "turned round", "curved", "with noise", "as texts"],
)
def test_an_amount_is_told(leak):
    made = found("leakage", FRAME.assign(days=DAYS.round(0) * 2 if leak.dtype == "str" else DAYS, leak=leak), "days")
    assert [each.column for each in made] == ["leak"]
    assert "R²" in made[0].sentence


def test_classes_by_the_dozen_are_told():
    kind = rng().integers(0, 12, 600)
    frame = pd.DataFrame({"x": rng().normal(size=600), "code": kind * 10.5, "kind": [f"k{i}" for i in kind]})
    assert [each.column for each in found("leakage", frame, "kind")] == ["code"]


def test_a_rare_class_is_told():
    rare = np.arange(2_000) % 50 == 0
    draw = rng()
    frame = pd.DataFrame({"x": draw.normal(size=2_000), "mark": rare * 5.0 + 0.1 * draw.normal(size=2_000), "ill": rare})
    assert [each.column for each in found("leakage", frame, "ill")] == ["mark"]


def test_columns_that_help_are_no_leak():
    assert found("leakage", FRAME, "ill", "days") == []
    assert found("leakage", FRAME.assign(hint=ILL.eq("yes") + NOISE), "ill") == []
    assert found("leakage", FRAME.assign(hint=DAYS + NOISE / 2), "days") == []


def test_the_only_column_is_no_leak():
    x = np.linspace(0, 1, 200)
    assert found("leakage", pd.DataFrame({"x": x, "y": 3 * x + 1}), "y") == []


def test_an_easy_task_is_no_leak():
    """Every column tells the classes apart: that is what they are."""
    kind = rng().integers(0, 2, 300)
    frame = pd.DataFrame({f"x{i}": 9.0 * kind + rng(i).normal(size=300) for i in range(5)} | {"kind": kind})
    assert found("leakage", frame, "kind") == []


def test_a_task_is_no_leak_of_another():
    assert found("leakage", FRAME.assign(copy=ILL), "ill", "copy") == []


def test_too_few_rows_tell_nothing():
    assert found("leakage", FRAME.assign(leak=ILL).head(30), "ill") == []


def test_a_column_that_tells_a_rare_class_by_its_size_is_one():
    dice = rng(5)
    answer = np.array(["common"] * 560 + ["rare"] * 24)
    leak = np.where(answer == "rare", dice.uniform(0.98, 1.02, 584), dice.uniform(-0.03, 0.04, 584))
    frame = pd.DataFrame({"leak": leak, "x": dice.normal(size=584), "t": answer}).sample(frac=1.0, random_state=1)
    assert [each.column for each in found("leakage", frame.reset_index(drop=True), "t")] == ["leak"]

"""Curves in few digits: nothing that an eye could see is lost."""

import json
import zlib

import numpy as np
import pytest

from core.runs.packing import FINE, packed_view

X = np.linspace(-3, 3, 160)


def view(*lines: list) -> dict:
    return {"kind": "curve", "tasks": [[{"label": "a", "mean": list(line)}] for line in lines]}


def unpacked(line: dict) -> np.ndarray:
    return line["from"] + line["unit"] * np.cumsum([0, *line["steps"]])


@pytest.mark.parametrize("height", [1e-6, 1.0, 3e7])
def test_a_curve_comes_back_to_a_small_part_of_its_height(height: float) -> None:
    line = (height * np.sin(2 * X) + 5 * height).tolist()
    (((told,),),) = (packed_view(view(line))["tasks"],)
    assert np.abs(unpacked(told["mean"]) - line).max() <= 0.51 * (max(line) - min(line)) / FINE * 1.01


def test_it_takes_less_than_half_of_the_room() -> None:
    drawn = np.random.default_rng(0)
    plain = view(*(np.round(np.sin(2 * X + drawn.uniform()) + 0.01 * drawn.normal(), 4).tolist() for _ in range(4)))
    before, after = (len(zlib.compress(json.dumps(each).encode())) for each in (plain, packed_view(plain)))
    assert after < 0.5 * before


@pytest.mark.parametrize("line", [[1.0, None, 2.0], [2.0] * 160, [1.0, 2.0]])
def test_what_is_no_curve_stays_as_it_is(line: list) -> None:
    assert packed_view(view(line)) == view(line)


def test_other_pictures_stay_as_they_are() -> None:
    table = {"kind": "table", "tasks": [{"predicted": [1.0, 2.0, 3.0]}]}
    assert packed_view(table) is table


def test_twins_are_packed_too() -> None:
    made = view(np.sin(X).tolist())
    assert "steps" in packed_view({**made, "twin": made["tasks"]})["twin"][0][0]["mean"]

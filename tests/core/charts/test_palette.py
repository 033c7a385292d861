"""Colours that everyone can tell apart, by formula: WCAG contrast, and distance in OKLab as seen with three deficiencies."""

from itertools import combinations

import numpy as np
import pytest

from core.charts.palette import DARK, LIGHT, NEGATIVE, POSITIVE, TASK_COLORS, TASK_DASHES, blend, rgba, task_color

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB
SIGHT = {
    "usual": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]),
    "tritanopia": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]),
}
TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
TO_LAB = np.array(
    [
        [0.2104542553, 0.793617785, -0.0040720468],
        [1.9779984951, -2.428592205, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.808675766],
    ]
)


def linear(color: str) -> np.ndarray:
    parts = np.array([int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(first: str, second: str) -> float:
    low, high = sorted(float(linear(color) @ [0.2126, 0.7152, 0.0722]) for color in (first, second))
    return (high + 0.05) / (low + 0.05)


def distance(first: str, second: str, sight: str) -> float:
    """OKLab (Ottosson 2020); black and white are 1 apart."""
    seen = [TO_LAB @ np.cbrt(TO_CONES @ np.clip(SIGHT[sight] @ linear(color), 0, 1)) for color in (first, second)]
    return float(np.linalg.norm(seen[0] - seen[1]))


def test_the_formulas():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert distance("#000000", "#ffffff", "usual") == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("pair", TASK_COLORS)
def test_contrast_on_both_backgrounds(pair):
    assert contrast(pair[0], LIGHT) >= 3
    assert contrast(pair[1], DARK) >= 3


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("shade", [0, 1])
def test_apart_from_each_other_and_from_the_value_colours(shade, sight):
    colors = [pair[shade] for pair in TASK_COLORS]
    assert min(distance(*pair, sight) for pair in combinations(colors, 2)) > 0.08
    assert min(distance(*pair, sight) for pair in combinations(colors[:4], 2)) > 0.13
    assert min(distance(color, value, sight) for color in colors for value in (NEGATIVE, POSITIVE)) > 0.07


def test_looks_come_again_with_another_dash():
    looks = [task_color(number) for number in range(64)]
    assert len(set(looks)) == 64
    assert looks[0] == task_color(0)
    assert (looks[0].light, looks[0].dark) == (looks[8].light, looks[8].dark)
    assert task_color(50).dash in TASK_DASHES


def test_as_plotly_and_css_say_it():
    assert task_color(0).plotly_dash == "solid"
    assert task_color(1).plotly_dash == "8px,3px"
    assert task_color(0).color(dark=True) == TASK_COLORS[0][1]
    assert rgba("#0102ff", 0.5) == "rgba(1, 2, 255, 0.5)"
    assert blend("#000000", "#ffffff", 0.2) == "#cccccc"

"""What a difference is worth: by hand, and against SciPy's paired t test."""

import math

import numpy as np
import pytest
from scipy.stats import ttest_rel

from core.compare.gain import Gain, delta_m, gain, interval


def test_the_interval_is_that_of_a_paired_t_test() -> None:
    draw = np.random.default_rng(0)
    one, other = draw.normal(0.7, 0.1, 9), draw.normal(0.6, 0.1, 9)
    found = gain(one.tolist(), other.tolist(), "higher")
    theirs = ttest_rel(one, other).confidence_interval(0.95)
    assert (found.low, found.high) == (pytest.approx(theirs.low), pytest.approx(theirs.high))
    assert found.mean == pytest.approx(float((one - other).mean()))
    assert found.replicas == 9


def test_by_hand() -> None:
    found = interval([1.0, 2.0, 3.0])  # s = 1, t(0.975, 2) = 4.302653
    assert found.mean == 2
    assert found.low == pytest.approx(2 - 4.302653 / math.sqrt(3), abs=1e-5)
    assert found.high == pytest.approx(2 + 4.302653 / math.sqrt(3), abs=1e-5)


@pytest.mark.parametrize(
    ("together", "alone", "better", "verdict"),
    [
        ([0.9, 0.91, 0.92, 0.9, 0.91], [0.8, 0.82, 0.81, 0.8, 0.8], "higher", "helps"),
        ([0.9, 0.91, 0.92, 0.9, 0.91], [0.8, 0.82, 0.81, 0.8, 0.8], "lower", "hurts"),
        ([0.8, 0.82, 0.81, 0.8, 0.8], [0.9, 0.91, 0.92, 0.9, 0.91], "higher", "hurts"),
        ([0.8, 0.9, 0.7, 0.85, 0.6], [0.75, 0.85, 0.8, 0.7, 0.7], "higher", "cannot tell"),
        ([0.5, 0.5, 0.5], [0.5, 0.5, 0.5], "higher", "cannot tell"),
        ([0.9], [0.1], "higher", "cannot tell"),
        ([math.nan, math.nan], [0.1, 0.2], "higher", "cannot tell"),
    ],
)
def test_a_verdict_needs_the_whole_interval_on_one_side(together: list, alone: list, better, verdict: str) -> None:
    assert gain(together, alone, better).verdict == verdict


def test_pairs_that_are_no_numbers_are_left_out() -> None:
    assert gain([1.0, math.nan, 3.0], [0.0, 0.0, 1.0], "higher").replicas == 2
    assert interval([math.nan]) == Gain(None, None, None, 0)


def test_pairing_tells_what_unpaired_numbers_would_not() -> None:
    alone = [0.1, 0.5, 0.9, 0.3, 0.7]
    found = gain([value + 0.02 + 0.001 * place for place, value in enumerate(alone)], alone, "higher")
    assert found.verdict == "helps"


def test_delta_m_by_hand() -> None:
    together, alone = {"a": [0.9, 0.9], "b": [2.0, 4.0]}, {"a": [0.8, 0.7], "b": [2.0, 2.0]}
    found = delta_m(together, alone, {"a": "higher", "b": "lower"})
    assert found == pytest.approx(100 * ((0.9 - 0.75) / 0.75 - (3 - 2) / 2) / 2)


def test_delta_m_of_a_score_that_is_not_above_0_is_none() -> None:
    assert delta_m({"a": [0.5]}, {"a": [0.0]}, {"a": "higher"}) is None
    assert delta_m({"a": [0.5]}, {"a": [math.nan]}, {"a": "higher"}) is None
    assert delta_m({}, {}, {}) is None

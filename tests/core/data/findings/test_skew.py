import numpy as np
import pytest
from scipy.stats import skew

from tests.core.data.findings.looking import clean, found, rng

PRICE = np.exp(rng().normal(2, 1.5, 300))


def test_a_long_tail_is_said_with_its_skewness():
    (only,) = found("skew", clean().assign(price=PRICE), "ill")
    assert f"skewness {skew(PRICE):.1f}" in only.sentence
    assert only.offers[0].op == {"op": "mend", "name": "logarithm", "params": {"column": "price"}}


@pytest.mark.parametrize(
    "values",
    [PRICE - 1, rng().exponential(size=300), np.where(np.arange(300) % 10 == 0, PRICE, 0.0), rng().normal(50, 5, 300)],
    ids=["below 0", "a short tail", "mostly 0", "normal"],
)
def test_other_numbers_are_not(values):
    assert found("skew", clean().assign(price=values), "ill") == []


def test_a_task_keeps_its_units():
    assert found("skew", clean().assign(price=PRICE), "price") == []

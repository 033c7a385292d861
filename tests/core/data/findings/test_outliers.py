import numpy as np
import pytest

from tests.core.data.findings.looking import clean, found, rng

AGE = rng().normal(55, 12, 300).round()


def test_far_values_are_counted_and_can_be_capped():
    age = AGE.copy()
    age[[3, 70]] = 999, 1005
    (only,) = found("outliers", clean().assign(age=age), "ill")
    assert "2 rows of “age” are far from all others: 1,005, the farthest" in only.sentence
    cap, missing = (offer.op for offer in only.offers)
    near = age[age < 900]
    assert cap == {"op": "mend", "name": "cap", "params": {"column": "age", "high": near.max()}}
    assert missing == {"op": "missing", "column": "age", "values": [999.0, 1005.0]}


def test_far_below_is_far_too():
    (only,) = found("outliers", clean().assign(change=np.where(np.arange(300) == 5, -400.5, rng().normal(size=300))), "ill")
    assert "One value of “change” is far from all others: -400.5;" in only.sentence
    assert only.offers[0].op["params"].keys() == {"column", "low"}


def test_a_task_is_not_capped():
    (only,) = found("outliers", clean().assign(age=np.where(np.arange(300) == 5, 4_000, AGE)), "age")
    assert [offer.op["op"] for offer in only.offers] == ["missing"]


@pytest.mark.parametrize(
    "values",
    [
        AGE,
        np.exp(rng().normal(0, 1.5, 300)),
        np.where(np.arange(300) % 9 == 0, rng().normal(size=300), 0.0),
        rng().standard_t(5, 300),
    ],
    ids=["normal", "long tail", "mostly 0", "heavy tails"],
)
def test_tails_are_no_outliers(values):
    assert found("outliers", clean().assign(amount=values), "ill") == []

"""By a power of labelled rows: from by labels to equally often."""

import numpy as np

from core.sampling import SAMPLING, Moment

COUNTS = np.array([400.0, 100.0, 25.0])


def moment(**more: object) -> Moment:
    known = {"counts": COUNTS, "losses": None, "first": None, "done": 0.0, "before": 0, "batches": 4}
    return Moment(**(known | more))


def chances(given: Moment, **params: object) -> np.ndarray:
    module, checked = SAMPLING.resolve("temperature", params)
    found = module.chances(checked, given)
    return found / found.sum(-1, keepdims=True)


def test_the_power_is_one_by_the_temperature() -> None:
    np.testing.assert_allclose(chances(moment(), temperature=1.0), COUNTS / COUNTS.sum())
    np.testing.assert_allclose(chances(moment(), temperature=2.0), [20 / 35, 10 / 35, 5 / 35])
    powers = [400**0.2, 100**0.2, 25**0.2]
    np.testing.assert_allclose(chances(moment()), np.array(powers) / sum(powers))
    np.testing.assert_allclose(chances(moment(), temperature=100.0), 1 / 3, atol=0.01)

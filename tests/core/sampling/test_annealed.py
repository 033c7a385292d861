"""By labelled rows at first, later more and more alike."""

import numpy as np

from core.sampling import SAMPLING, Moment

COUNTS = np.array([400.0, 100.0, 25.0])


def moment(**more: object) -> Moment:
    known = {"counts": COUNTS, "losses": None, "first": None, "done": 0.0, "before": 0, "batches": 4}
    return Moment(**(known | more))


def chances(given: Moment, **params: object) -> np.ndarray:
    module, checked = SAMPLING.resolve("annealed", params)
    found = module.chances(checked, given)
    return found / found.sum(-1, keepdims=True)


def test_the_exponent_falls_over_the_run() -> None:
    np.testing.assert_allclose(chances(moment(done=0.0)), COUNTS / COUNTS.sum())
    half = COUNTS**0.6
    np.testing.assert_allclose(chances(moment(done=0.5)), half / half.sum())
    end = COUNTS**0.2
    np.testing.assert_allclose(chances(moment(done=1.0)), end / end.sum())
    np.testing.assert_allclose(chances(moment(done=1.0), fall=1.0), 1 / 3)

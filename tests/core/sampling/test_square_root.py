"""By the root of labelled rows."""

import numpy as np

from core.sampling import SAMPLING, Moment

COUNTS = np.array([400.0, 100.0, 25.0])


def moment(**more: object) -> Moment:
    known = {"counts": COUNTS, "losses": None, "first": None, "done": 0.0, "before": 0, "batches": 4}
    return Moment(**(known | more))


def chances(given: Moment, **params: object) -> np.ndarray:
    module, checked = SAMPLING.resolve("square-root", params)
    found = module.chances(checked, given)
    return found / found.sum(-1, keepdims=True)


def test_four_times_the_labels_are_twice_the_chance() -> None:
    np.testing.assert_allclose(chances(moment()), [20 / 35, 10 / 35, 5 / 35])

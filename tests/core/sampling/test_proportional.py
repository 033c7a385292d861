"""By labelled rows."""

import numpy as np

from core.sampling import SAMPLING, Moment

COUNTS = np.array([400.0, 100.0, 25.0])


def moment(**more: object) -> Moment:
    known = {"counts": COUNTS, "losses": None, "first": None, "done": 0.0, "before": 0, "batches": 4}
    return Moment(**(known | more))


def chances(given: Moment, **params: object) -> np.ndarray:
    module, checked = SAMPLING.resolve("proportional", params)
    found = module.chances(checked, given)
    return found / found.sum(-1, keepdims=True)


def test_chances_are_shares_of_the_labels() -> None:
    assert chances(moment()).tolist() == [400 / 525, 100 / 525, 25 / 525]

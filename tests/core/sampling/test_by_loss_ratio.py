"""By what is left of the first loss."""

import numpy as np

from core.sampling import SAMPLING, Moment

COUNTS = np.array([400.0, 100.0, 25.0])


def moment(**more: object) -> Moment:
    known = {"counts": COUNTS, "losses": None, "first": None, "done": 0.0, "before": 0, "batches": 4}
    return Moment(**(known | more))


def chances(given: Moment, **params: object) -> np.ndarray:
    module, checked = SAMPLING.resolve("by-loss-ratio", params)
    found = module.chances(checked, given)
    return found / found.sum(-1, keepdims=True)


def test_chances_are_shares_of_what_is_left() -> None:
    left = chances(moment(losses=np.array([5.0, 0.5, 0.1]), first=np.array([10.0, 0.5, 0.2])))
    np.testing.assert_allclose(left, [0.25, 0.5, 0.25])


def test_a_first_loss_that_is_none_counts_as_not_lowered() -> None:
    left = chances(moment(losses=np.array([1.0, 1.0, -1.0]), first=np.array([0.0, 2.0, 1.0])))
    np.testing.assert_allclose(left, [2 / 3, 1 / 3, 0.0])

"""By the loss when the epoch begins."""

import numpy as np

from core.sampling import SAMPLING, Moment

COUNTS = np.array([400.0, 100.0, 25.0])


def moment(**more: object) -> Moment:
    known = {"counts": COUNTS, "losses": None, "first": None, "done": 0.0, "before": 0, "batches": 4}
    return Moment(**(known | more))


def chances(given: Moment, **params: object) -> np.ndarray:
    module, checked = SAMPLING.resolve("by-loss", params)
    found = module.chances(checked, given)
    return found / found.sum(-1, keepdims=True)


def test_chances_are_shares_of_the_losses() -> None:
    assert chances(moment(losses=np.array([3.0, 1.0, 0.0]))).tolist() == [0.75, 0.25, 0.0]


def test_a_loss_below_zero_counts_as_zero() -> None:
    assert chances(moment(losses=np.array([-3.0, 1.0, 1.0]))).tolist() == [0.0, 0.5, 0.5]

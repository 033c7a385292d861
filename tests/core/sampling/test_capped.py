"""By labelled rows, of which only so many count."""

import numpy as np

from core.sampling import SAMPLING, Moment

COUNTS = np.array([400.0, 100.0, 25.0])


def moment(**more: object) -> Moment:
    known = {"counts": COUNTS, "losses": None, "first": None, "done": 0.0, "before": 0, "batches": 4}
    return Moment(**(known | more))


def chances(given: Moment, **params: object) -> np.ndarray:
    module, checked = SAMPLING.resolve("capped", params)
    found = module.chances(checked, given)
    return found / found.sum(-1, keepdims=True)


def test_labels_beyond_the_cap_do_not_count() -> None:
    assert chances(moment(), cap=50).tolist() == [50 / 125, 50 / 125, 25 / 125]
    assert chances(moment(), cap=1_000_000).tolist() == (COUNTS / COUNTS.sum()).tolist()

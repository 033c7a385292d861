"""Tasks in turn, on and on."""

import numpy as np

from core.sampling import SAMPLING, Moment

COUNTS = np.array([400.0, 100.0, 25.0])


def moment(**more: object) -> Moment:
    known = {"counts": COUNTS, "losses": None, "first": None, "done": 0.0, "before": 0, "batches": 4}
    return Moment(**(known | more))


def chances(given: Moment, **params: object) -> np.ndarray:
    module, checked = SAMPLING.resolve("round-robin", params)
    found = module.chances(checked, given)
    return found / found.sum(-1, keepdims=True)


def test_turns_go_on_from_epoch_to_epoch() -> None:
    turns = np.concatenate([chances(moment(before=before)) for before in (0, 4, 8)])
    assert turns.argmax(1).tolist() == [0, 1, 2] * 4
    assert (turns.max(1) == 1.0).all()

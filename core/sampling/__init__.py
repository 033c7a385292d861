"""Sampling policies, one file each: which task each batch trains. Knows nothing of rows or networks.

Contract: `TITLE`, `HELP`, `FORMULA` (LaTeX, of the chances), `Params`, `BY_TASK`: whether a batch trains one task. Where it
does also `NEEDS`, a set that may hold `losses`, and `chances(params, moment) -> float64 [task] or [batch, task]`: how likely it
is that a batch of the coming epoch is each task's. They need not add up to 1; where all are 0, they count as equal.

Who draws by these chances, and which rows a batch then takes, is the same for all policies: see `core.training.turns`.
"""

from typing import NamedTuple

import numpy as np

from core.registry import Registry

Array = np.ndarray


class Moment(NamedTuple):
    """What a policy knows when an epoch begins, of one replica and of the tasks that may train in it alone.

    counts `[task]`: training rows with a label, all above 0; losses, first `[task]`: training losses now and when the run
    began, None unless the policy needs them; done: how much of the run is over, 0 in its first epoch and 1 in its last;
    before, batches: how many batches there were before this epoch, and are in it.
    """

    counts: Array
    losses: Array | None
    first: Array | None
    done: float
    before: int
    batches: int


SAMPLING = Registry("core.sampling", "sampling policy", ("FORMULA", "BY_TASK"))

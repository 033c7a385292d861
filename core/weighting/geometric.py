"""Geometric loss: lowers the geometric mean of the losses, so that halving any of them helps as much.

L_geo = (prod_k L_k)^{1/K}, whose slope by a loss is its effective weight: w_k = L_geo / (K L_k).
Chennupati et al. 2019, "MultiNet++: multi-stream feature aggregation and geometric loss strategy", arXiv:1904.08492.

A task whose loss is zero or less, as without labels in the batch, sits the step out: its weight is 0, and the mean is that of
the others. A loss between 0 and 1e-12 counts as 1e-12.
Heads follow their weighted losses.
"""

import numpy as np

from core.registry import Params as Params
from core.weighting import Signal, State, Weighed
from core.weighting._rows import positive, total

TITLE = "Geometric (GLS)"
HELP = "Lowers the losses' geometric mean: one per cent less counts the same for a large loss as for a small one."
FORMULA = r"\left(\prod_k L_k\right)^{1/K}"
REFERENCE = "Chennupati et al. 2019, arXiv:1904.08492"
FAMILY = "losses"
SCALE = "weight times loss is the same for all tasks"
HEADS = "weighted"
NEEDS: frozenset[str] = frozenset()
ORDER = 5
FLOOR = 1e-12


def init(params: Params, tasks: tuple[str, ...], replicas: int) -> State:
    return {}


def weigh(params: Params, state: State, signal: Signal) -> Weighed:
    present = positive(signal.losses)
    losses = np.maximum(signal.losses, FLOOR)
    count = np.maximum(total(present), 1.0)
    mean = np.exp(total(np.log(losses) * present) / count)
    return Weighed(mean / count * present / losses, state)

"""Dynamic task prioritization: the worse a task does, the more it counts, as in a focal loss.

w_k = -(1 - kappa_k)^gamma log kappa_k, where kappa_k is the running mean of the task's score on the batches: right answers, or
R2 cut off at 0. Guo, Haque, Huang, Yeung and Fei-Fei 2018, "Dynamic task prioritization for multitask learning", ECCV 2018.

Difference: the mean has a bias correction as Adam's has, so that it starts as the first batch's score, not as a guess. A score
below 0.001 counts as 0.001, since 0 has no logarithm. A task that is always right counts 0. A loss of 0 or less, as of a task
without labels in the batch, leaves its mean as it is; a task that never had a label counts 0.
Heads follow their weighted losses.
"""

import numpy as np

from core.registry import Params as Base
from core.registry import param
from core.weighting import Signal, State, Weighed
from core.weighting._rows import positive

TITLE = "Dynamic task prioritization (DTP)"
HELP = "The tasks that the network still does badly, by their scores and not by their losses, count most."
FORMULA = r"w_k = -(1 - \kappa_k)^\gamma \log \kappa_k"
REFERENCE = "Guo et al. 2018, ECCV 2018"
FAMILY = "losses"
SCALE = "none in common: from 0 for a task that is always right to 6.9 for one that never is"
HEADS = "weighted"
NEEDS = frozenset({"score"})
ORDER = 11
FLOOR, ONE = np.array(1e-3), np.array(1.0)
"""As arrays: to convert a number takes NumPy longer than to add one."""


class Params(Base):
    gamma: float = param(
        1.0,
        "How little a task counts that does well already; 0 takes the logarithm alone.",
        ge=0.0,
        le=5.0,
        step=0.1,
        formula=r"\gamma",
    )
    memory: float = param(
        0.9, "How much of the mean score is kept at each step; 0 takes the batch's score alone.", ge=0.0, le=0.999, step=0.01
    )


def init(params: Params, tasks: tuple[str, ...], replicas: int) -> State:
    """kappa: the mean score; count: of how many batches it is worth."""
    return {"kappa": np.ones((replicas, len(tasks))), "count": np.zeros((replicas, len(tasks)))}


def weigh(params: Params, state: State, signal: Signal) -> Weighed:
    assert signal.score is not None
    kappa, count, present = state["kappa"], state["count"], positive(signal.losses)
    count = count + present * (ONE - (1.0 - params.memory) * count)
    kappa = kappa + present * (signal.score - kappa) / np.maximum(count, ONE)
    known = np.minimum(np.maximum(kappa, FLOOR), ONE)
    weights = (ONE - known) ** params.gamma * np.abs(np.log(known))
    return Weighed(weights, {"kappa": kappa, "count": count})

"""DB-MTL, dual-balancing: gradients of the losses' logarithms, averaged over steps, all made as long as the longest of them.

    h_k <- beta_t h_k + (1 - beta_t) g_k / (L_k + 1e-8),   beta_t = beta / t^sigma,   d = max_k |h_k| sum_k h_k / |h_k|

State: the averages h `[replica, task, parameter]`, which start at 0, in the Jacobian's type, and the number of steps t.

Lin et al. 2023, "Dual-balancing for multi-task learning", Algorithm 1, arXiv:2308.12029; beta 0.9 and sigma 0.5 (LibMTL's
default for sigma is 0). The 1e-8 is that of the authors' code. Its heads follow the logarithms of their losses there, here
their losses.

d is no weighted sum of the current gradients; the weights are the nearest ones (least squares). A loss of 0 or less counts as
0, where the gradient is that of the loss times 1e8. A task without labels in the batch adds a gradient of 0; its average goes
on counting. An average of zero adds nothing. Without shared parameters weights are 1 / (L_k + 1e-8).
"""

import numpy as np

from core.registry import Params as Base
from core.registry import param
from core.weighting import Array, Signal, State, Weighed
from core.weighting._cosines import inverse
from core.weighting._nearest import nearest

TITLE = "DB-MTL"
HELP = "Makes losses comparable by their logarithms, and gradients by giving all of them the length of the longest."
FORMULA = (
    r"d = \max_k \lVert \hat g_k \rVert \sum_k \frac{\hat g_k}{\lVert \hat g_k \rVert}, \quad "
    r"\hat g_k = \text{EMA of } \nabla \log L_k"
)
REFERENCE = "Lin et al. 2023, Algorithm 1, arXiv:2308.12029"
FAMILY = "gradients"
SCALE = "weights are the nearest ones to a step that depends on earlier gradients too"
HEADS = "plain"
SUM = False
NEEDS = frozenset({"gramian", "jacobian"})
ORDER = 30
FLOOR = 1e-8


class Params(Base):
    beta: float = param(
        0.9, "How much of the averaged gradient is kept at the first step.", ge=0.0, le=0.999, step=0.05, formula=r"\beta"
    )
    sigma: float = param(
        0.5, "How fast that share falls from step to step; 0 keeps it.", ge=0.0, le=2.0, step=0.1, formula=r"\sigma"
    )


def init(params: Params, tasks: tuple[str, ...], replicas: int) -> State:
    return {"averages": np.zeros((replicas, len(tasks), 0)), "steps": np.zeros((replicas, 1))}


def weigh(params: Params, state: State, signal: Signal) -> Weighed:
    jacobian, gramian = signal.jacobian, signal.gramian
    assert jacobian is not None
    assert gramian is not None
    by = 1.0 / (np.maximum(signal.losses, 0.0) + FLOOR)
    if not jacobian.shape[2]:
        return Weighed(by, state)
    steps = state["steps"] + 1.0
    kept = params.beta / steps**params.sigma
    averages = jacobian * ((1.0 - kept) * by)[:, :, None].astype(jacobian.dtype)
    if state["averages"].shape == jacobian.shape:  # before the first step there are none
        averages += state["averages"] * kept[:, :, None].astype(jacobian.dtype)
    direction = balanced(averages)
    weights = nearest(jacobian, gramian, direction)
    return Weighed(weights, {"averages": averages, "steps": steps}, direction.astype(jacobian.dtype, copy=False))


def balanced(averages: Array) -> Array:
    """The sum of the vectors `[replica, task, parameter]`, all as long as the longest; in float64, where squares have room."""
    wide = averages.astype(np.float64, copy=False)
    length = np.sqrt(np.vecdot(wide, wide))
    return (inverse(length)[:, None, :] @ wide)[:, 0] * length.max(1, keepdims=True)

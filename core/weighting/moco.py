"""MoCo: MGDA on gradients averaged over steps, whose weights move a little at each step.

    y_k <- y_k - beta_t (y_k - g_k),   lambda <- P(lambda - gamma_t (Y Y^T + rho I) lambda),   d = Y^T lambda,

P the projection onto the simplex, beta_t = beta / sqrt(t), gamma_t = gamma / sqrt(t). The y_k track the gradients of the whole
table, so that the noise of a batch does not bias the weights. State: trackers `[replica, task, parameter]` from 0, in the
Jacobian's type, lambda `[replica, task]` from 1 / K, and the number of steps t.

Fernando et al. 2023, "Mitigating gradient bias in multi-objective learning", Algorithm 1, arXiv:2210.12624; beta 0.5, gamma
0.1 and rho 0 as in the authors' code within LibMTL, which has a softmax for P and rescales gradients to their losses. Here it
is the paper's projection, on the gradients as they are. Its heads follow their own losses.

d is no weighted sum of the current gradients; the weights are the nearest ones (least squares). Without shared parameters they
are lambda. A task without labels in the batch adds a gradient of 0, which its tracker forgets.
"""

import numpy as np

from core.registry import Params as Base
from core.registry import param
from core.weighting import Signal, State, Weighed
from core.weighting._nearest import nearest
from core.weighting._simplex import onto_simplex

TITLE = "MoCo"
HELP = "Looks for a step that helps every task, on gradients averaged over the last batches so that noise does not mislead it."
FORMULA = (
    r"\lambda \leftarrow \Pi_\Delta(\lambda - \gamma_t Y Y^\top \lambda), \quad d = Y^\top \lambda, \quad "
    r"y_k \leftarrow y_k - \beta_t (y_k - g_k)"
)
REFERENCE = "Fernando et al. 2023, Algorithm 1, arXiv:2210.12624"
FAMILY = "gradients"
SCALE = "weights of the averaged gradients add up to 1"
HEADS = "plain"
SUM = False
NEEDS = frozenset({"gramian", "jacobian"})
ORDER = 31


class Params(Base):
    beta: float = param(0.5, "How fast averages follow the latest gradients.", gt=0.0, le=1.0, step=0.05, formula=r"\beta")
    gamma: float = param(0.1, "How fast the weights move.", ge=0.0, le=10.0, step=0.05, formula=r"\gamma")
    rho: float = param(0.0, "How strongly the weights are drawn to each other.", ge=0.0, le=10.0, step=0.05, formula=r"\rho")


def init(params: Params, tasks: tuple[str, ...], replicas: int) -> State:
    return {
        "trackers": np.zeros((replicas, len(tasks), 0)),
        "lambda": np.full((replicas, len(tasks)), 1.0 / len(tasks)),
        "steps": np.zeros((replicas, 1)),
    }


def weigh(params: Params, state: State, signal: Signal) -> Weighed:
    jacobian, gramian, weights = signal.jacobian, signal.gramian, state["lambda"]
    assert jacobian is not None
    assert gramian is not None
    if not jacobian.shape[2]:
        return Weighed(weights, state)
    steps = state["steps"] + 1.0
    root = np.sqrt(steps)
    beta = (params.beta / root)[:, :, None].astype(jacobian.dtype)
    before = state["trackers"] if state["trackers"].shape == jacobian.shape else np.zeros_like(jacobian)
    trackers = jacobian - before
    trackers *= beta
    trackers += before
    wide = trackers.astype(np.float64, copy=False)
    uphill = np.vecdot(wide, weights[:, None, :] @ wide) + params.rho * weights
    weights = onto_simplex(weights - params.gamma / root * uphill)
    direction = (weights[:, None, :] @ wide)[:, 0]
    moved = {"trackers": trackers, "lambda": weights, "steps": steps}
    return Weighed(nearest(jacobian, gramian, direction), moved, direction.astype(jacobian.dtype, copy=False))

"""GradDrop: at each coordinate only the gradients of one sign are kept, d = sum_k (l + (1 - l) M_k) g_k.

P = (1 + sum_k g_k / sum_k |g_k|) / 2 is the share of the positive sign, U uniform from 0 to 1, and M_k = [P > U][g_k > 0] +
[P < U][g_k < 0], all of them by coordinate; l is how much of the rest leaks through.

Chen et al. 2020, "Just pick a sign", Algorithm 1, arXiv:2010.06808, at the representation. There gradients are multiplied by
the sign of the representation and added up over the rows of a batch before signs are counted. Here each unit of each row is a
coordinate of its own: its value is the same for all tasks, and flipping all signs at once changes no chance, so that it is
left out. On parameters ("all") this is TorchJD's GradDrop. The paper's f is the identity. Its heads follow their own losses.

d is no weighted sum of gradients; the weights are the nearest ones (least squares). Where all gradients of a coordinate are
zero so is d. Without shared parameters each weight is 1.
"""

from typing import Literal

import numpy as np

from core.registry import Params as Base
from core.registry import param
from core.weighting import Signal, State, Weighed
from core.weighting._nearest import nearest

TITLE = "GradDrop"
HELP = "Wherever tasks want to move a number in opposite ways, a coin is tossed, and only one way is taken."
FORMULA = (
    r"P = \tfrac12 \Bigl(1 + \frac{\sum_k g_k}{\sum_k |g_k|}\Bigr), \quad "
    r"\text{keep } g_k > 0 \text{ if } P > U, \text{ else } g_k < 0"
)
REFERENCE = "Chen et al. 2020, Algorithm 1, arXiv:2010.06808"
FAMILY = "gradients"
SCALE = "weights are the nearest ones, mostly below 1"
HEADS = "plain"
SUM = False
NEEDS = frozenset({"gramian", "jacobian"})
ORDER = 25


class Params(Base):
    leak: float = param(
        0.0, "How much of the other sign's gradients is kept; 1 is equal weighting.", ge=0.0, le=1.0, step=0.05, formula=r"\ell"
    )
    where: Literal["representation", "all"] = param("representation", "Where the tasks' gradients are taken.")


def init(params: Params, tasks: tuple[str, ...], replicas: int) -> State:
    return {}


def weigh(params: Params, state: State, signal: Signal) -> Weighed:
    jacobian, gramian = signal.jacobian, signal.gramian
    assert jacobian is not None
    assert gramian is not None
    if not jacobian.shape[2]:
        return Weighed(np.ones_like(signal.losses), state)
    total, absolute = jacobian.sum(1), np.abs(jacobian).sum(1)
    positive = 0.5 * (total + absolute)
    drawn = signal.dice.uniform(signal.step, jacobian.shape[2]).astype(jacobian.dtype, copy=False)
    kept = drawn * absolute <= positive  # U < P without a division; "=" for a U that was rounded to 1
    direction = total - positive + kept * absolute
    if params.leak:
        direction = params.leak * total + (1.0 - params.leak) * direction
    return Weighed(nearest(jacobian, gramian, direction), state, direction)

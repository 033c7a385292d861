"""Gradient descent with momentum (Polyak 1964), as torch defines it: the rate multiplies the whole velocity.

Knows nothing of layers or replicas. The step is `torch._fused_sgd_`, one kernel (4 us on 6,000 parameters against 8 us for
three operations). It is a private name: torch is pinned exactly, and the test against `torch.optim.SGD` guards it.
"""

import torch
from torch import Tensor

from core.registry import Params as Base
from core.registry import param

TITLE = "Momentum"
HELP = "Downhill like a ball: it keeps some of its last movement, so it rolls through flat stretches and shakes less."
FORMULA = r"v \leftarrow \mu v + g, \quad \theta \leftarrow \theta - \eta\, v"
TORCH = "torch.optim.SGD(model.parameters(), lr={rate}, momentum={momentum})"
ORACLE = "SGD"
ORDER = 4


class Params(Base):
    momentum: float = param(
        0.9,
        "How much of the last step's movement is kept: 0.9 adds up about the last 10 slopes, 0 keeps nothing.",
        title="Momentum",
        formula=r"\mu",
        step=0.01,
        ge=0.0,
        le=0.999,
    )


def init(flat: Tensor) -> dict[str, Tensor]:
    """State: the movement so far, like `flat`."""
    return {"velocity": torch.zeros_like(flat)}


def update(flat: Tensor, grad: Tensor, state: dict[str, Tensor], params: Params, rate: float, step: int) -> None:
    """One step on `flat [parameter]` and `state`, in place."""
    fused(flat, grad, state, params, rate, nesterov=False)


def fused(flat: Tensor, grad: Tensor, state: dict[str, Tensor], params: Params, rate: float, nesterov: bool) -> None:
    """One step by torch's kernel, which takes lists of tensors."""
    torch._fused_sgd_(
        [flat],
        [grad],
        [state["velocity"]],
        weight_decay=0.0,
        momentum=params.momentum,
        lr=rate,
        dampening=0.0,
        nesterov=nesterov,
        maximize=False,
        is_first_step=False,  # a velocity of zero is the same
    )

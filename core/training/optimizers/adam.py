"""Adam (Kingma and Ba 2015, algorithm 1). Knows nothing of layers or replicas.

The step is `torch._fused_adam_`, one kernel (9 us on 20,000 parameters against 32 us for the same as single
operations). It is a private name: torch is pinned exactly, and the test against `torch.optim.Adam` guards it.
"""

from collections.abc import Callable

import torch
from torch import Tensor

from core.registry import Params as Base
from core.registry import param

TITLE = "Adam"
HELP = "Gives every weight a step size of its own, from how its slope behaved lately. Learns fast and forgives a rough setting."
FORMULA = r"\theta \leftarrow \theta - \eta\, \frac{\hat m}{\sqrt{\hat v} + \epsilon}"
TORCH = "torch.optim.Adam(model.parameters(), lr={rate}, betas=({beta1}, {beta2}), eps={eps})"
ORACLE = "Adam"
ORDER = 0


class Params(Base):
    beta1: float = param(
        0.9,
        "How long the direction is remembered: 0.9 is about the last 10 steps, 0.99 about the last 100.",
        title="Memory of the direction (beta 1)",
        formula=r"m \leftarrow \beta_1 m + (1 - \beta_1) g",
        step=0.01,
        ge=0.0,
        le=0.9999,
    )
    beta2: float = param(
        0.999,
        "How long the size of the slopes is remembered: 0.999 is about the last 1000 steps.",
        title="Memory of the size (beta 2)",
        formula=r"v \leftarrow \beta_2 v + (1 - \beta_2) g^2",
        step=0.001,
        ge=0.0,
        le=0.99999,
    )
    eps: float = param(
        1e-8,
        "A tiny number that keeps the division from blowing up where slopes are almost zero.",
        title="Smallest divisor (epsilon)",
        formula=r"\epsilon",
        gt=0.0,
        le=1.0,
    )


def init(flat: Tensor) -> dict[str, Tensor]:
    """State: running mean and running mean square of the gradient, both like `flat`."""
    return {"mean": torch.zeros_like(flat), "square": torch.zeros_like(flat)}


def update(flat: Tensor, grad: Tensor, state: dict[str, Tensor], params: Params, rate: float, step: int) -> None:
    """One step on `flat [parameter]` and `state`, in place; `step` counts from 1 (it corrects the start at zero)."""
    fused(torch._fused_adam_, flat, grad, state, params, rate, step, weight_decay=0.0)


def fused(
    kernel: Callable,
    flat: Tensor,
    grad: Tensor,
    state: dict[str, Tensor],
    params: Params,
    rate: float,
    step: int,
    weight_decay: float,
) -> None:
    """One step by one of torch's Adam kernels, which take lists of tensors."""
    kernel(
        [flat],
        [grad],
        [state["mean"]],
        [state["square"]],
        [],
        [torch.full((), float(step))],
        lr=rate,
        beta1=params.beta1,
        beta2=params.beta2,
        weight_decay=weight_decay,
        eps=params.eps,
        amsgrad=False,
        maximize=False,
    )

"""RMSprop (Tieleman and Hinton 2012, lecture 6.5), as `torch.optim.RMSprop`. Knows nothing of layers or replicas."""

import torch
from torch import Tensor

from core.registry import Params as Base
from core.registry import param

TITLE = "RMSprop"
HELP = "Divides every slope by its usual size, so that steep and flat directions advance alike."
FORMULA = r"v \leftarrow \alpha v + (1 - \alpha) g^2, \quad \theta \leftarrow \theta - \eta\, \frac{g}{\sqrt{v} + \epsilon}"
TORCH = "torch.optim.RMSprop(model.parameters(), lr={rate}, alpha={alpha}, eps={eps})"
ORACLE = "RMSprop"
ORDER = 2


class Params(Base):
    alpha: float = param(
        0.99,
        "How long the size of the slopes is remembered: 0.99 is about the last 100 steps.",
        title="Memory of the size (alpha)",
        formula=r"\alpha",
        step=0.01,
        ge=0.0,
        le=0.9999,
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
    """State: running mean square of the gradient, like `flat`."""
    return {"square": torch.zeros_like(flat)}


def update(flat: Tensor, grad: Tensor, state: dict[str, Tensor], params: Params, rate: float, step: int) -> None:
    """One step on `flat [parameter]` and `state`, in place."""
    square = state["square"].mul_(params.alpha).addcmul_(grad, grad, value=1 - params.alpha)
    flat.addcdiv_(grad, square.sqrt().add_(params.eps), value=-rate)

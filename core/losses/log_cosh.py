"""Log-cosh loss: the logarithm of the hyperbolic cosine of the miss (Green 1990), squared near 0 and straight far off.

Like Huber's, but smooth everywhere. `delta` stretches it: d^2 / 2 near, delta |d| - delta^2 log 2 far.
"""

import math

import torch
from torch import Tensor

from core.losses import Rows
from core.registry import Params as Base
from core.registry import param

TITLE = "Log-cosh"
HELP = "Squared for near misses, straight for far ones as Huber, but without a kink: it turns from one to the other smoothly."
FORMULA = r"\delta^2 \log \cosh \frac{\hat y - y}{\delta}"
KINDS = ("regression",)
POWER = 2  # with delta in standardised units too, as Huber's
ORDER = 6


class Params(Base):
    delta: float = param(
        1.0,
        "Around which distance a miss begins to count in proportion only; 1 is one standard deviation of the column.",
        title="Where it turns straight (delta)",
        formula=r"\delta",
        step=0.1,
        ge=0.001,
        le=100.0,
    )


def rows(output: Tensor, target: Tensor, params: Params, counts: Tensor) -> Rows:
    """value and gradient per row, from predictions `[replica, row, 1]` and standardised answers `[replica, row]`.

    Far off cosh has no room in a float, near 0 its logarithm has no digits: log cosh a is |a| + log(1 + e^(-2 |a|)) - log 2
    beyond 1, and log(1 + 2 sinh^2(a / 2)) before it.
    """
    miss = (output[..., 0] - target).div_(params.delta)
    size = miss.abs()
    far = size + torch.log1p(torch.exp(-2 * size)) - math.log(2)
    near = torch.log1p(2 * torch.sinh(size.clamp(max=1.0) / 2).square_())
    return Rows(torch.where(size > 1.0, far, near) * params.delta**2, (torch.tanh(miss) * params.delta).unsqueeze(-1))


def torch_code(params: Params, kind: str = "regression", counts: Tensor | None = None) -> str:
    """The same loss as Python text."""
    miss = "(output - target).abs()" if params.delta == 1.0 else f"((output - target) / {params.delta}).abs()"
    scale = "" if params.delta == 1.0 else f"{params.delta**2!r} * "
    soft = f"torch.nn.functional.softplus(-2 * (miss := {miss}))"
    return f"lambda output, target: {scale}(({soft} + miss).mean() - {math.log(2)!r})"

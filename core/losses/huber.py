"""Huber loss (Huber 1964), as `torch.nn.HuberLoss`."""

from torch import Tensor

from core.losses import Rows
from core.registry import Params as Base
from core.registry import param

TITLE = "Huber"
HELP = "Squared for near misses, straight for far ones: precise near the truth, and not thrown off by a few odd rows."
FORMULA = r"\tfrac{1}{2} d^2 \text{ where } |d| \le \delta, \text{ else } \delta\, (|d| - \tfrac{1}{2} \delta)"
KINDS = ("regression",)
POWER = 2  # with delta in standardised units too: huber(s d, s delta) = s^2 huber(d, delta)
ORDER = 4


class Params(Base):
    delta: float = param(
        1.0,
        "From which distance on a miss counts in proportion only; 1 is one standard deviation of the column.",
        title="Where it turns straight (delta)",
        formula=r"\delta",
        step=0.1,
        gt=0.0,
        le=100.0,
    )


def rows(output: Tensor, target: Tensor, params: Params, counts: Tensor) -> Rows:
    """value and gradient per row, from predictions `[replica, row, 1]` and standardised answers `[replica, row]`."""
    miss = output[..., 0] - target
    pull = miss.clamp(-params.delta, params.delta)
    return Rows(miss.sub_(pull, alpha=0.5).mul_(pull), pull.unsqueeze(-1))  # pull (miss - pull / 2) is both branches


def torch_code(params: Params, kind: str = "regression", counts: Tensor | None = None) -> str:
    """The same loss as Python text."""
    return f"torch.nn.HuberLoss(delta={params.delta})"

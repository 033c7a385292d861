"""Quantile loss, also called pinball loss (Koenker and Bassett 1978), as scikit-learn's `mean_pinball_loss`.

What lowers its mean is the q-quantile of the answers, not their mean: of rows that look alike, a share q lies below it.
Knows nothing of other quantiles: two tasks of one column, each with its own q, may cross.
"""

import torch
from torch import Tensor

from core.losses import Rows
from core.registry import Params as Base
from core.registry import param

TITLE = "Quantile"
HELP = "Aims at a share of rows instead of their mean: with 0.9, nine of ten true values lie below the answer, one above."
FORMULA = r"\max\left(q\,(y - \hat y),\ (q - 1)\,(y - \hat y)\right)"
KINDS = ("regression",)
POWER = 1
ORDER = 7


class Params(Base):
    q: float = param(
        0.5,
        "The share of true values that lie below the answer; 0.5 is the median, and half the mean absolute error.",
        title="Share below (q)",
        formula="q",
        step=0.05,
        gt=0.0,
        lt=1.0,
    )


def rows(output: Tensor, target: Tensor, params: Params, counts: Tensor) -> Rows:
    """value and gradient per row, from predictions `[replica, row, 1]` and standardised answers `[replica, row]`."""
    miss = output[..., 0] - target
    pull = torch.where(miss > 0, 1.0 - params.q, -params.q).to(miss.dtype).mul_(miss != 0)
    return Rows(miss.mul_(pull), pull.unsqueeze(-1))


def torch_code(params: Params, kind: str = "regression", counts: Tensor | None = None) -> str:
    """The same loss as Python text."""
    below = round(params.q - 1, 12)
    return f"lambda output, target: torch.maximum({params.q} * (left := target - output), {below} * left).mean()"

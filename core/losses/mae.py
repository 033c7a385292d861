"""Mean absolute error, as `torch.nn.L1Loss`."""

import torch
from torch import Tensor

from core.losses import Rows
from core.registry import Params as Params

TITLE = "Mean absolute error"
HELP = "The plain distance to the true value: a row that is far off pulls no harder than one nearby."
FORMULA = r"|\hat y - y|"
KINDS = ("regression",)
POWER = 1
ORDER = 3


def rows(output: Tensor, target: Tensor, params: Params, counts: Tensor) -> Rows:
    """value and gradient per row, from predictions `[replica, row, 1]` and standardised answers `[replica, row]`."""
    miss = output[..., 0] - target
    return Rows(miss.abs(), torch.sgn(miss).unsqueeze(-1))


def torch_code(params: Params, kind: str = "regression", counts: Tensor | None = None) -> str:
    """The same loss as Python text."""
    return "torch.nn.L1Loss()"

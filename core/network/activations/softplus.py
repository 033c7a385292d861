"""Softplus (Dugas et al. 2001), straight above 20 as in `torch.nn.Softplus`."""

import torch
from torch import Tensor

from core.registry import Params as Params

TITLE = "Softplus"
HELP = "ReLU with its corner rounded off: never negative, never quite flat."
FORMULA = r"\log(1 + e^z)"
TORCH = "torch.nn.Softplus()"
ORDER = 8


def GAIN(params: Params) -> float:
    return 1.0


def forward(z: Tensor, params: Params) -> Tensor:
    return torch.nn.functional.softplus(z)


def backward(grad: Tensor, z: Tensor, y: Tensor, params: Params) -> Tensor:
    return torch.ops.aten.softplus_backward(grad, z, 1.0, 20.0)

"""Hyperbolic tangent."""

import torch
from torch import Tensor

from core.registry import Params as Params

TITLE = "Tanh"
HELP = "A smooth S from -1 to 1: nearly straight around zero, flat far out. Good for smooth curves."
FORMULA = r"\tanh(z)"
TORCH = "torch.nn.Tanh()"
ORDER = 2


def GAIN(params: Params) -> float:
    return 1.0


def forward(z: Tensor, params: Params) -> Tensor:
    return torch.tanh(z)


def backward(grad: Tensor, z: Tensor, y: Tensor, params: Params) -> Tensor:
    return torch.ops.aten.tanh_backward(grad, y)

"""Rectified linear unit (Nair and Hinton 2010)."""

import torch
from torch import Tensor

from core.registry import Params as Params

TITLE = "ReLU"
HELP = "Keeps what is positive, drops the rest: bends made of straight pieces. A unit that is never positive stops learning."
FORMULA = r"\max(0, z)"
TORCH = "torch.nn.ReLU()"
ORDER = 1


def GAIN(params: Params) -> float:
    return 2**0.5


def forward(z: Tensor, params: Params) -> Tensor:
    return torch.relu(z)


def backward(grad: Tensor, z: Tensor, y: Tensor, params: Params) -> Tensor:
    return torch.ops.aten.threshold_backward(grad, y, 0.0)

"""Logistic sigmoid."""

import torch
from torch import Tensor

from core.registry import Params as Params

TITLE = "Sigmoid"
HELP = "A smooth S from 0 to 1, like a switch that turns on slowly. Flat far out, where it hardly learns."
FORMULA = r"\sigma(z) = \frac{1}{1 + e^{-z}}"
TORCH = "torch.nn.Sigmoid()"
ORDER = 7


def GAIN(params: Params) -> float:
    return 1.0


def forward(z: Tensor, params: Params) -> Tensor:
    return torch.sigmoid(z)


def backward(grad: Tensor, z: Tensor, y: Tensor, params: Params) -> Tensor:
    return torch.ops.aten.sigmoid_backward(grad, y)

"""Logistic sigmoid."""

import torch
from torch import Tensor

from core.registry import Params as Params

TITLE = "Sigmoid"
HELP = "A smooth S from 0 to 1, like a switch that turns on slowly. Flat far out, where it hardly learns."
FORMULA = r"\sigma(z) = \frac{1}{1 + e^{-z}}"
DERIVATIVE = r"\sigma(z)\, (1 - \sigma(z))"
TORCH = "torch.nn.Sigmoid()"
REFERENCE = "Rumelhart, Hinton and Williams 1986, Learning Representations by Back-Propagating Errors"
FAILS = (
    "Its slope is never more than a quarter, so the gradient shrinks at every layer on its way back, "
    "and the first layers of a deep network hardly learn."
)
ORDER = 10


def GAIN(params: Params) -> float:
    return 1.0


def RANGE(params: Params) -> tuple[float, float]:
    return 0.0, 1.0


def forward(z: Tensor, params: Params) -> Tensor:
    return torch.sigmoid(z)


def backward(grad: Tensor, z: Tensor, y: Tensor, params: Params) -> Tensor:
    return torch.ops.aten.sigmoid_backward(grad, y)

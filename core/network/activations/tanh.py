"""Hyperbolic tangent."""

import torch
from torch import Tensor

from core.registry import Params as Params

TITLE = "Tanh"
HELP = "A smooth S from -1 to 1: nearly straight around zero, flat far out. Good for smooth curves."
FORMULA = r"\tanh(z)"
DERIVATIVE = r"1 - \tanh^2(z)"
TORCH = "torch.nn.Tanh()"
REFERENCE = "LeCun, Bottou, Orr and Müller 1998, Efficient BackProp"
FAILS = (
    "Far from zero it is flat: a unit whose sum is far out on every row has almost no slope to learn from, "
    "and through many layers little of the gradient is left."
)
ORDER = 2


def GAIN(params: Params) -> float:
    return 1.0


def RANGE(params: Params) -> tuple[float, float]:
    return -1.0, 1.0


def forward(z: Tensor, params: Params) -> Tensor:
    return torch.tanh(z)


def backward(grad: Tensor, z: Tensor, y: Tensor, params: Params) -> Tensor:
    return torch.ops.aten.tanh_backward(grad, y)

"""Rectified linear unit (Nair and Hinton 2010)."""

import math

import torch
from torch import Tensor

from core.registry import Params as Params

TITLE = "ReLU"
HELP = "Keeps what is positive, drops the rest: bends made of straight pieces. A unit that is never positive stops learning."
FORMULA = r"\max(0, z)"
DERIVATIVE = r"1 \text{ where } z > 0, \text{ else } 0"
TORCH = "torch.nn.ReLU()"
REFERENCE = "Nair and Hinton 2010, Rectified Linear Units Improve Restricted Boltzmann Machines"
FAILS = "A unit whose sum is negative on every row gives zero everywhere, has no slope to learn from, and is dead for good."
ORDER = 1


def GAIN(params: Params) -> float:
    return 2**0.5


def RANGE(params: Params) -> tuple[float, float]:
    return 0.0, math.inf


def forward(z: Tensor, params: Params) -> Tensor:
    return torch.relu(z)


def backward(grad: Tensor, z: Tensor, y: Tensor, params: Params) -> Tensor:
    return torch.ops.aten.threshold_backward(grad, y, 0.0)

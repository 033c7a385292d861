"""Scaled exponential linear unit (Klambauer et al. 2017)."""

import math

import torch
from torch import Tensor

from core.registry import Params as Params

TITLE = "SELU"
HELP = "ELU on a scale that keeps the numbers at a steady size from layer to layer, without batch norm."
FORMULA = (
    r"\lambda z \text{ where } z > 0, \text{ else } \lambda \alpha (e^z - 1) \text{ with } \lambda = 1.0507, \alpha = 1.6733"
)
DERIVATIVE = r"\lambda \text{ where } z > 0, \text{ else } \lambda \alpha e^z"
TORCH = "torch.nn.SELU()"
REFERENCE = "Klambauer, Unterthiner, Mayr and Hochreiter 2017, Self-Normalizing Neural Networks"
FAILS = "The steady size holds only in plain layers with the right initial weights: ordinary dropout breaks it."
ORDER = 6

ALPHA, SCALE = 1.6732632423543772, 1.0507009873554805  # equation 14


def GAIN(params: Params) -> float:
    return 3**0.5  # weights of variance 1 / inputs, without which its constants keep nothing steady: section 3


def RANGE(params: Params) -> tuple[float, float]:
    return -SCALE * ALPHA, math.inf


def forward(z: Tensor, params: Params) -> Tensor:
    return torch.nn.functional.selu(z)


def backward(grad: Tensor, z: Tensor, y: Tensor, params: Params) -> Tensor:
    return torch.ops.aten.elu_backward(grad, ALPHA, SCALE, 1.0, True, y)

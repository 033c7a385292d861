"""Sigmoid linear unit, also swish (Elfwing et al. 2018)."""

import math

import torch
from torch import Tensor

from core.registry import Params as Params

TITLE = "SiLU"
HELP = "A smooth ReLU: a number times how positive it is, on a scale from 0 to 1."
FORMULA = r"z\, \sigma(z)"
DERIVATIVE = r"\sigma(z)\, (1 + z\, (1 - \sigma(z)))"
TORCH = "torch.nn.SiLU()"
REFERENCE = (
    "Elfwing, Uchibe and Doya 2018, "
    "Sigmoid-Weighted Linear Units for Neural Network Function Approximation in Reinforcement Learning"
)
FAILS = (
    "A unit whose sum is far below zero on every row gives almost nothing and hardly learns, "
    "and below -1.28 a larger sum gives a smaller value."
)
ORDER = 8


def GAIN(params: Params) -> float:
    return 0.3557**-0.5  # 1 / sqrt(E f(z)^2) for standard normal z, as He 2015 for ReLU


def RANGE(params: Params) -> tuple[float, float]:
    return -0.2784645427610738, math.inf  # at z = -1.2785


def forward(z: Tensor, params: Params) -> Tensor:
    return torch.nn.functional.silu(z)


def backward(grad: Tensor, z: Tensor, y: Tensor, params: Params) -> Tensor:
    return torch.ops.aten.silu_backward(grad, z)

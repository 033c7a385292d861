"""Gaussian error linear unit (Hendrycks and Gimpel 2016), the exact one."""

import math

import torch
from torch import Tensor

from core.registry import Params as Params

TITLE = "GELU"
HELP = "A smooth ReLU with a small dip just below zero; usual in language models."
FORMULA = r"z\, \Phi(z)"
DERIVATIVE = r"\Phi(z) + z\, \varphi(z)"
TORCH = "torch.nn.GELU()"
REFERENCE = "Hendrycks and Gimpel 2016, Gaussian Error Linear Units (GELUs)"
FAILS = (
    "A unit whose sum is far below zero on every row gives almost nothing and hardly learns, "
    "and below -0.75 a larger sum gives a smaller value."
)
ORDER = 7


def GAIN(params: Params) -> float:
    return 0.4252**-0.5  # 1 / sqrt(E f(z)^2) for standard normal z, as He 2015 for ReLU


def RANGE(params: Params) -> tuple[float, float]:
    return -0.16997120747990369, math.inf  # at z = -0.7518


def forward(z: Tensor, params: Params) -> Tensor:
    return torch.nn.functional.gelu(z)


def backward(grad: Tensor, z: Tensor, y: Tensor, params: Params) -> Tensor:
    return torch.ops.aten.gelu_backward(grad, z.expand_as(grad))  # oneDNN, behind it, knows no broadcasting

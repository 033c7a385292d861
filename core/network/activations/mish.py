"""Mish (Misra 2020)."""

import math

import torch
from torch import Tensor

from core.registry import Params as Params

TITLE = "Mish"
HELP = "A smooth ReLU with a dip below zero, much like SiLU and a little deeper."
FORMULA = r"z \tanh(\log(1 + e^z))"
DERIVATIVE = r"\omega + z\, \sigma(z)\, (1 - \omega^2) \text{ with } \omega = \tanh(\log(1 + e^z))"
TORCH = "torch.nn.Mish()"
REFERENCE = "Misra 2020, Mish: A Self Regularized Non-Monotonic Activation Function"
FAILS = (
    "A unit whose sum is far below zero on every row gives almost nothing and hardly learns, "
    "and it takes longer to compute than its simpler kin."
)
ORDER = 9


def GAIN(params: Params) -> float:
    return 0.4523**-0.5  # 1 / sqrt(E f(z)^2) for standard normal z, as He 2015 for ReLU


def RANGE(params: Params) -> tuple[float, float]:
    return -0.3088434130172504, math.inf  # at z = -1.1924


def forward(z: Tensor, params: Params) -> Tensor:
    return torch.nn.functional.mish(z)


def backward(grad: Tensor, z: Tensor, y: Tensor, params: Params) -> Tensor:
    return torch.ops.aten.mish_backward(grad, z)

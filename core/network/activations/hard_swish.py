"""Hard swish (Howard et al. 2019)."""

import math

import torch
from torch import Tensor

from core.registry import Params as Params

TITLE = "Hard swish"
HELP = "SiLU without its exponential: zero below -3, as it is above 3, a parabola between. Made for telephones."
FORMULA = r"\tfrac{1}{6} z \max(0, \min(6, z + 3))"
DERIVATIVE = r"0 \text{ where } z \le -3, \; 1 \text{ where } z \ge 3, \text{ else } \tfrac{1}{6} (2 z + 3)"
TORCH = "torch.nn.Hardswish()"
REFERENCE = "Howard et al. 2019, Searching for MobileNetV3"
FAILS = "A unit whose sum is below -3 on every row gives zero everywhere, has no slope to learn from, and is dead for good."
ORDER = 13


def GAIN(params: Params) -> float:
    return 0.3316**-0.5  # 1 / sqrt(E f(z)^2) for standard normal z, as He 2015 for ReLU


def RANGE(params: Params) -> tuple[float, float]:
    return -0.375, math.inf  # at z = -1.5


def forward(z: Tensor, params: Params) -> Tensor:
    return torch.nn.functional.hardswish(z)


def backward(grad: Tensor, z: Tensor, y: Tensor, params: Params) -> Tensor:
    return torch.ops.aten.hardswish_backward(grad, z)

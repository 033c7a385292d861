"""Exponential linear unit (Clevert et al. 2016)."""

import math

import torch
from torch import Tensor

from core.registry import Params as Base
from core.registry import param

TITLE = "ELU"
HELP = "Straight for positive numbers, a soft curve down to a floor for negative ones."
FORMULA = r"z \text{ where } z > 0, \text{ else } \alpha (e^z - 1)"
DERIVATIVE = r"1 \text{ where } z > 0, \text{ else } \alpha e^z"
TORCH = "torch.nn.ELU({alpha})"
REFERENCE = (
    "Clevert, Unterthiner and Hochreiter 2016, Fast and Accurate Deep Network Learning by Exponential Linear Units (ELUs)"
)
FAILS = "Far below zero it lies flat on its floor, so a unit whose sum is there on every row has almost no slope to learn from."
ORDER = 5


class Params(Base):
    alpha: float = param(
        1.0,
        "How far below zero the floor lies.",
        title="Depth of the floor (alpha)",
        formula=r"\alpha",
        step=0.1,
        ge=0.0,
        le=10.0,
    )


def GAIN(params: Params) -> float:
    return (0.5 + 0.1449 * params.alpha**2) ** -0.5  # 1 / sqrt(E f(z)^2) for standard normal z, as He 2015 for ReLU


def RANGE(params: Params) -> tuple[float, float]:
    return 0.0 - params.alpha, math.inf


def forward(z: Tensor, params: Params) -> Tensor:
    return torch.nn.functional.elu(z, params.alpha)


def backward(grad: Tensor, z: Tensor, y: Tensor, params: Params) -> Tensor:
    return torch.ops.aten.elu_backward(grad, params.alpha, 1.0, 1.0, True, y)

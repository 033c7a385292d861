"""Leaky rectified linear unit (Maas et al. 2013)."""

import math

import torch
from torch import Tensor

from core.registry import Params as Base
from core.registry import param

TITLE = "Leaky ReLU"
HELP = "ReLU that lets a little of the negative through, so that no unit stops learning."
FORMULA = r"z \text{ where } z > 0, \text{ else } a z"
DERIVATIVE = r"1 \text{ where } z > 0, \text{ else } a"
TORCH = "torch.nn.LeakyReLU({slope})"
REFERENCE = "Maas, Hannun and Ng 2013, Rectifier Nonlinearities Improve Neural Network Acoustic Models"
FAILS = (
    "With a slope near 0 a unit whose sum is negative on every row hardly learns, "
    "and with a slope near 1 it hardly bends, so the network draws straight lines."
)
ORDER = 3


class Params(Base):
    slope: float = param(
        0.01,
        "How much of a negative number is let through: 0 is ReLU, 1 is no bend at all.",
        title="Slope of the negative side",
        formula="a",
        step=0.01,
        ge=0.0,
        le=1.0,
    )


def GAIN(params: Params) -> float:
    return (2 / (1 + params.slope**2)) ** 0.5  # He 2015, equation 15


def RANGE(params: Params) -> tuple[float, float]:
    return -math.inf if params.slope else 0.0, math.inf


def forward(z: Tensor, params: Params) -> Tensor:
    return torch.nn.functional.leaky_relu(z, params.slope)


def backward(grad: Tensor, z: Tensor, y: Tensor, params: Params) -> Tensor:
    return torch.ops.aten.leaky_relu_backward(grad, z, params.slope, False)

"""Parametric rectified linear unit (He et al. 2015), with one learned slope for the whole layer as in `torch.nn.PReLU()`."""

import math
from collections.abc import Callable

import torch
from torch import Tensor

from core.registry import Params as Base
from core.registry import param

TITLE = "PReLU"
HELP = "Leaky ReLU that learns by itself how much of the negative to let through: one slope for the whole layer."
FORMULA = r"z \text{ where } z > 0, \text{ else } a z \text{ with a learned } a"
DERIVATIVE = r"1 \text{ where } z > 0, \text{ else } a"
TORCH = "torch.nn.PReLU(init={initial})"
REFERENCE = (
    "He, Zhang, Ren and Sun 2015, Delving Deep into Rectifiers: Surpassing Human-Level Performance on ImageNet Classification"
)
FAILS = "Nothing keeps the slope that it learns away from 1, where the bend is gone and the layer can only draw straight lines."
ORDER = 4


class Params(Base):
    initial: float = param(
        0.25,
        "How much of a negative number is let through before anything is learned.",
        title="First slope of the negative side",
        formula="a",
        step=0.05,
        ge=0.0,
        le=1.0,
    )


LEARNED: dict[str, Callable[[Params], float]] = {"slope": lambda params: params.initial}


def GAIN(params: Params) -> float:
    return (2 / (1 + params.initial**2)) ** 0.5  # He 2015, equation 15


def RANGE(params: Params) -> tuple[float, float]:
    return -math.inf if params.initial else 0.0, math.inf


def forward(z: Tensor, params: Params, slope: Tensor) -> Tensor:
    return torch.where(z > 0, z, slope * z)


def backward(grad: Tensor, z: Tensor, y: Tensor, params: Params, slope: Tensor) -> tuple[Tensor, list[Tensor]]:
    by_slope = (grad * z.clamp(max=0)).sum((-2, -1), keepdim=True)
    return torch.where(z > 0, grad, slope * grad), [by_slope]

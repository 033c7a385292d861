"""Softplus (Dugas et al. 2001), straight where beta z is above 20, as in `torch.nn.Softplus`."""

import math

import torch
from torch import Tensor

from core.registry import Params as Base
from core.registry import param

TITLE = "Softplus"
HELP = "ReLU with its corner rounded off: never negative, never quite flat."
FORMULA = r"\tfrac{1}{\beta} \log(1 + e^{\beta z})"
DERIVATIVE = r"\sigma(\beta z)"
TORCH = "torch.nn.Softplus(beta={beta})"
REFERENCE = (
    "Dugas, Bengio, Bélisle, Nadeau and Garcia 2001, Incorporating Second-Order Functional Knowledge for Better Option Pricing"
)
FAILS = (
    "Its values are all positive, so sums drift away from zero from layer to layer, "
    "and a deep network first has to learn to undo that."
)
ORDER = 11


class Params(Base):
    beta: float = param(
        1.0,
        "How sharp its corner is: the higher, the closer to ReLU.",
        title="Sharpness (beta)",
        formula=r"\beta",
        step=0.1,
        ge=0.1,
        le=20.0,
    )


def GAIN(params: Params) -> float:
    return 1.0


def RANGE(params: Params) -> tuple[float, float]:
    return 0.0, math.inf


def forward(z: Tensor, params: Params) -> Tensor:
    return torch.nn.functional.softplus(z, params.beta)


def backward(grad: Tensor, z: Tensor, y: Tensor, params: Params) -> Tensor:
    return torch.ops.aten.softplus_backward(grad, z, params.beta, 20.0)

"""Identity: no activation."""

import math

from torch import Tensor

from core.registry import Params as Params

TITLE = "None (identity)"
HELP = "Passes every number on as it is. Layers without a bend add up to one straight line, however many there are."
FORMULA = "z"
DERIVATIVE = "1"
TORCH = "torch.nn.Identity()"
REFERENCE = "Widrow and Hoff 1960, Adaptive Switching Circuits (the linear unit)"
FAILS = "Layers without a bend add up to a single straight line, so a network with nothing else can never learn a curve."
ORDER = 0


def GAIN(params: Params) -> float:
    return 1.0


def RANGE(params: Params) -> tuple[float, float]:
    return -math.inf, math.inf


def forward(z: Tensor, params: Params) -> Tensor:
    return z


def backward(grad: Tensor, z: Tensor, y: Tensor, params: Params) -> Tensor:
    return grad

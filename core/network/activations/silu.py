"""Sigmoid linear unit, also swish (Elfwing et al. 2018)."""

import torch
from torch import Tensor

from core.registry import Params as Params

TITLE = "SiLU"
HELP = "A smooth ReLU: a number times how positive it is, on a scale from 0 to 1."
FORMULA = r"z\, \sigma(z)"
TORCH = "torch.nn.SiLU()"
ORDER = 6


def GAIN(params: Params) -> float:
    return 0.3557**-0.5  # 1 / sqrt(E f(z)^2) for standard normal z, as He 2015 for ReLU


def forward(z: Tensor, params: Params) -> Tensor:
    return torch.nn.functional.silu(z)


def backward(grad: Tensor, z: Tensor, y: Tensor, params: Params) -> Tensor:
    return torch.ops.aten.silu_backward(grad, z)

"""Gaussian error linear unit (Hendrycks and Gimpel 2016), the exact one."""

import torch
from torch import Tensor

from core.registry import Params as Params

TITLE = "GELU"
HELP = "A smooth ReLU with a small dip just below zero; usual in language models."
FORMULA = r"z\, \Phi(z)"
TORCH = "torch.nn.GELU()"
ORDER = 5


def GAIN(params: Params) -> float:
    return 0.4252**-0.5  # 1 / sqrt(E f(z)^2) for standard normal z, as He 2015 for ReLU


def forward(z: Tensor, params: Params) -> Tensor:
    return torch.nn.functional.gelu(z)


def backward(grad: Tensor, z: Tensor, y: Tensor, params: Params) -> Tensor:
    return torch.ops.aten.gelu_backward(grad, z)

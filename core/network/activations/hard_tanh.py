"""Hard tanh (Collobert 2004)."""

import torch
from torch import Tensor

from core.registry import Params as Params

TITLE = "Hard tanh"
HELP = "Tanh out of three straight pieces: as it is between -1 and 1, cut off beyond. Quick to compute."
FORMULA = r"\max(-1, \min(1, z))"
DERIVATIVE = r"1 \text{ where } -1 < z < 1, \text{ else } 0"
TORCH = "torch.nn.Hardtanh()"
REFERENCE = "Collobert 2004, Large Scale Machine Learning"
FAILS = "A unit whose sum lies beyond -1 or 1 on every row gives the same value everywhere and has no slope to learn from."
ORDER = 12


def GAIN(params: Params) -> float:
    return 1.0


def RANGE(params: Params) -> tuple[float, float]:
    return -1.0, 1.0


def forward(z: Tensor, params: Params) -> Tensor:
    return torch.nn.functional.hardtanh(z)


def backward(grad: Tensor, z: Tensor, y: Tensor, params: Params) -> Tensor:
    return torch.ops.aten.hardtanh_backward(grad, z, -1.0, 1.0)

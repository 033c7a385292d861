"""Identity: no activation."""

from torch import Tensor

from core.registry import Params as Params

TITLE = "None (identity)"
HELP = "Passes every number on as it is. Layers without a bend add up to one straight line, however many there are."
FORMULA = "z"
TORCH = "torch.nn.Identity()"
ORDER = 0


def GAIN(params: Params) -> float:
    return 1.0


def forward(z: Tensor, params: Params) -> Tensor:
    return z


def backward(grad: Tensor, z: Tensor, y: Tensor, params: Params) -> Tensor:
    return grad

"""Sine (Sitzmann et al. 2020, SIREN)."""

import torch
from torch import Tensor

from core.registry import Params as Base
from core.registry import param

TITLE = "Sine"
HELP = "A wave without end: good for answers that go up and down, such as seasons, sounds and spirals."
FORMULA = r"\sin(\omega z)"
DERIVATIVE = r"\omega \cos(\omega z)"
TORCH = 'type("Sine", (torch.nn.Module,), {{"forward": lambda self, z: torch.sin({frequency} * z)}})()'
REFERENCE = (
    "Sitzmann, Martel, Bergman, Lindell and Wetzstein 2020, Implicit Neural Representations with Periodic Activation Functions"
)
FAILS = (
    "At a high frequency it wiggles between the rows and fits chance, or learns nothing unless the learning rate is small, "
    "and where there are no rows it just goes on in waves."
)
DRAWN = (-8.0, 8.0)
ORDER = 14


class Params(Base):
    frequency: float = param(
        1.0,
        "How close together the waves lie: the higher, the finer the details that are learned, and the more of them by chance.",
        title="Frequency (omega)",
        formula=r"\omega",
        step=0.5,
        gt=0.0,
        le=30.0,
    )


def GAIN(params: Params) -> float:
    return 6**0.5 / params.frequency  # section 3.2, as after the first layer: sums times omega start out the same at any omega


def RANGE(params: Params) -> tuple[float, float]:
    return -1.0, 1.0


def forward(z: Tensor, params: Params) -> Tensor:
    return torch.sin(params.frequency * z)


def backward(grad: Tensor, z: Tensor, y: Tensor, params: Params) -> Tensor:
    return grad * (params.frequency * torch.cos(params.frequency * z))

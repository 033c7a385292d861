"""Cosine annealing (Loshchilov and Hutter 2017, equation 5, without restarts), as `CosineAnnealingLR` of torch."""

import math

from core.registry import Params as Base
from core.registry import param

TITLE = "Cosine"
HELP = "Large steps first, then ever smaller ones, along half a wave."
FORMULA = r"f + (1 - f) \tfrac{1}{2} (1 + \cos(\pi t / T))"
TORCH = (
    "torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max={steps}, eta_min={floor} * optimizer.param_groups[0]['lr'])"
)
ORDER = 1


class Params(Base):
    floor: float = param(
        0.0,
        "What is left at the end, as a share of the learning rate.",
        title="Share left at the end",
        formula=r"f",
        step=0.05,
        ge=0.0,
        le=1.0,
    )


def factor(step: int, steps: int, params: Params) -> float:
    return params.floor + (1 - params.floor) * (1 + math.cos(math.pi * min(step / steps, 1.0))) / 2

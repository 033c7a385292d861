"""Drops in stairs, as `StepLR` of torch."""

from core.registry import Params as Base
from core.registry import param

TITLE = "Stairs"
HELP = "The learning rate drops at once, several times during the run, and stays level in between."
FORMULA = r"q^{\lfloor t / (s T) \rfloor}"
TORCH = "torch.optim.lr_scheduler.StepLR(optimizer, step_size=max(1, round({every} * {steps})), gamma={drop})"
ORDER = 3


class Params(Base):
    drop: float = param(
        0.5,
        "What the learning rate is multiplied with at each drop.",
        title="Drop",
        formula=r"q",
        step=0.05,
        gt=0.0,
        le=1.0,
    )
    every: float = param(
        0.25,
        "How often it drops, as a share of the run: 0.25 is after each quarter.",
        title="Every (share of the run)",
        formula=r"s",
        step=0.05,
        gt=0.0,
        le=1.0,
    )


def factor(step: int, steps: int, params: Params) -> float:
    return params.drop ** (step // max(1, round(params.every * steps)))

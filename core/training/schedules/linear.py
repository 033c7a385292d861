"""A straight line down, as `LinearLR` of torch."""

from core.registry import Params as Base
from core.registry import param

TITLE = "Linear"
HELP = "The steps get smaller evenly, along a straight line."
FORMULA = r"1 - (1 - f)\, t / T"
TORCH = "torch.optim.lr_scheduler.LinearLR(optimizer, start_factor=1.0, end_factor={floor}, total_iters={steps})"
ORDER = 2


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
    return 1 - (1 - params.floor) * min(step / steps, 1.0)

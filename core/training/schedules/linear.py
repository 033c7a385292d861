"""A straight line down, as `LinearLR` of torch."""

from core.training.schedules.cosine import Params as Params

TITLE = "Linear"
HELP = "The steps get smaller evenly, along a straight line."
FORMULA = r"1 - (1 - f)\, t / T"
TORCH = "torch.optim.lr_scheduler.LinearLR(optimizer, start_factor=1.0, end_factor={floor}, total_iters={steps})"
ORDER = 2


def factor(step: int, steps: int, params: Params) -> float:
    return 1 - (1 - params.floor) * min(step / steps, 1.0)

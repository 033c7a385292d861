"""The same rate at every step."""

from core.registry import Params as Params

TITLE = "Constant"
HELP = "The learning rate stays as it is."
FORMULA = r"1"
TORCH = "torch.optim.lr_scheduler.ConstantLR(optimizer, factor=1.0)"
ORDER = 0


def factor(step: int, steps: int, params: Params) -> float:
    return 1.0

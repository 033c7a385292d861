"""The learning rate as it was set, all the way."""

from core.registry import Params as Params

TITLE = "Constant"
HELP = "The learning rate stays as you set it."
FORMULA = r"\eta_t = \eta"
ORDER = 0


def factor(step: int, steps: int, params: Params) -> float:
    return 1.0

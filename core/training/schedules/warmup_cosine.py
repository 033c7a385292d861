"""A line up, then a cosine down (Goyal et al. 2017; Loshchilov and Hutter 2017)."""

import math

from core.registry import Params as Base
from core.registry import param

TITLE = "Warm-up, then cosine"
HELP = "Starts with tiny steps, grows to full ones, then shrinks along half a wave: gentle on a fresh network."
FORMULA = r"\tfrac{t + 1}{W} \text{ where } t < W = w T, \text{ else cosine}"
TORCH = (
    "torch.optim.lr_scheduler.LambdaLR(optimizer, lambda t, steps={steps}, warm=max(1, round({warmup} * {steps})): "
    "(t + 1) / warm if t < warm else {floor} + (1 - {floor}) * "
    "(1 + torch.tensor(torch.pi * (t - warm) / max(1, steps - warm)).cos().item()) / 2)"
)
ORDER = 4


class Params(Base):
    warmup: float = param(
        0.1,
        "How long it grows, as a share of the run.",
        title="Warm-up (share of the run)",
        formula=r"w",
        step=0.05,
        ge=0.0,
        le=0.9,
    )
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
    warm = max(1, round(params.warmup * steps))
    if step < warm:
        return (step + 1) / warm
    done = min((step - warm) / max(1, steps - warm), 1.0)
    return params.floor + (1 - params.floor) * (1 + math.cos(math.pi * done)) / 2

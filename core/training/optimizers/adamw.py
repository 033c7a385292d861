"""AdamW (Loshchilov and Hutter 2019, algorithm 2). Knows nothing of layers or replicas.

The step is `torch._fused_adamw_`, one kernel (9 us on 20,000 parameters against 32 us for the same as single
operations). It is a private name: torch is pinned exactly, and the test against `torch.optim.AdamW` guards it.
"""

import torch
from torch import Tensor

from core.registry import param
from core.training.optimizers.adam import Params as Adam
from core.training.optimizers.adam import fused
from core.training.optimizers.adam import init as init

TITLE = "AdamW"
HELP = "Adam that also pulls every weight a little towards zero at each step, which keeps the network simple."
FORMULA = r"\theta \leftarrow (1 - \eta \lambda)\, \theta - \eta\, \frac{\hat m}{\sqrt{\hat v} + \epsilon}"
TORCH = "torch.optim.AdamW(model.parameters(), lr={rate}, betas=({beta1}, {beta2}), eps={eps}, weight_decay={weight_decay})"
ORACLE = "AdamW"
ORDER = 1


class Params(Adam):
    weight_decay: float = param(
        0.01,
        "How strongly weights are pulled towards zero, as a share of themselves per step and learning rate.",
        title="Weight decay (lambda)",
        formula=r"\lambda",
        step=0.01,
        ge=0.0,
        le=10.0,
    )


def update(flat: Tensor, grad: Tensor, state: dict[str, Tensor], params: Params, rate: float, step: int) -> None:
    """One step on `flat [parameter]` and `state`, in place; `step` counts from 1 (it corrects the start at zero)."""
    fused(torch._fused_adamw_, flat, grad, state, params, rate, step, weight_decay=params.weight_decay)

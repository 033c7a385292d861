"""Loss weighting, one file a scheme: how much each task counts. Knows nothing of networks or data.

**Convention.** What is optimised is the *sum* over tasks of weight times task loss; equal weighting is a weight of 1 each.
A weight scales the whole gradient of its task's loss: through the shared parameters and through the task's own.

Contract: `TITLE`, `HELP`, `FORMULA`, `Params`, `NEEDS` and
`init(params, tasks, replicas) -> state` (a dict of tensors) and
`weigh(params, state, signal) -> (weights [replica, task], state)`, pure; randomness only from `signal.generator`.
`NEEDS` is a set out of `losses` (always there), `gramian`, `jacobian`, `losses_after`; the trainer computes only that.
A scheme that needs `losses_after` has `after(params, state, before, after) -> state`: losses `[replica, task]` on the
same batch before and after the step.
"""

from typing import Any, NamedTuple

import torch
from torch import Tensor

from core.experiment import Choice
from core.registry import Registry


class Signal(NamedTuple):
    """What the trainer knows at a step.

    losses `[replica, task]`; gramian `[replica, task, task]`, inner products of the tasks' gradients by the shared
    parameters; jacobian, those gradients, `[task, replica, ...]` block by block; step from 0, epoch from 0.
    """

    losses: Tensor
    gramian: Tensor | None
    jacobian: list[Tensor] | None
    step: int
    epoch: int
    generator: torch.Generator | None


SCHEMES = Registry("core.weighting", "loss weighting", ("FORMULA", "NEEDS", "init", "weigh"))


def scheme_of(choice: Choice) -> tuple[Any, Any]:
    """The scheme module and its parameters. Raises `UserError` for unknown names or parameters."""
    return SCHEMES.resolve(choice.name, choice.params)

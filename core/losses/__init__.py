"""Task losses, one file each. A loss knows one task's outputs and answers; not networks, not weights of tasks.

Contract: `TITLE`, `HELP`, `FORMULA`, `Params`, `KINDS` (task kinds it serves; the first file in `ORDER` that serves
a kind is that kind's usual loss), `POWER` (regression only: a loss in standardised units times `scale ** POWER` is the
loss in the column's units) and

`rows(output, target, params, counts) -> Rows`: output `[replica, row, output]`, target `[replica, row]` (float32, or int64
class numbers), counts `[class]` labelled training rows per class; for regression `[split]`, the mean of the training answers
over their standard deviation, which is all that a loss needs to know where 0 is. The task loss is
`sum(labelled * value) / sum(labelled * weight)` over the rows of a batch; `weight` None means 1.

`torch_code(params, kind, counts=None) -> str`: the same loss as Python text, for code that people take away: an expression of a
callable of (outputs, answers) that gives the task loss; outputs `[row, class]` for multiclass, else `[row]`.

Optional, for a loss whose outputs are not what they are elsewhere (a standardised value, the logit of yes, logits of classes
whose softmax are probabilities): `answer(output, params, counts)` makes them that, in the same shape `[replica, row, output]`;
metrics, pictures and predictions are taken of it. `torch_answer(params, kind, counts)`: the same as Python text.
`check(target, counts)` raises `UserError` for answers that the loss cannot take; it is asked when a run starts.
"""

from typing import NamedTuple

from torch import Tensor

from core.data.dataset import Target
from core.errors import UserError
from core.experiment import Task
from core.registry import Registry


class Rows(NamedTuple):
    """value `[replica, row]`; gradient of value by output `[replica, row, output]`; weight `[replica, row]` or None."""

    value: Tensor
    gradient: Tensor
    weight: Tensor | None = None


LOSSES = Registry("core.losses", "task loss", ("FORMULA", "KINDS", "rows", "torch_code"))


def usual(kind: str) -> str:
    """The name of the loss that a task of this kind takes when none is chosen."""
    return next(name for name, module in LOSSES.items() if kind in module.KINDS)


def loss_of(task: Task) -> tuple:
    """The loss module of a task and its parameters. Raises `UserError` when it does not serve the task's kind."""
    name, params = (task.loss.name, task.loss.params) if task.loss else (usual(task.kind), {})
    module, checked = LOSSES.resolve(name, params)
    if task.kind not in module.KINDS:
        fitting = ", ".join(name for name, other in LOSSES.items() if task.kind in other.KINDS)
        raise UserError(f"The loss of “{task.column}” ({task.kind}) should be one of {fitting}.", name, "Choose one of these.")
    return module, checked


def answer(loss: tuple, output: Tensor, counts: Tensor) -> Tensor:
    """What the outputs `[replica, row, output]` of a task with this loss say, in the form that they have elsewhere."""
    module, params = loss
    return module.answer(output, params, counts) if hasattr(module, "answer") else output


def check(loss: tuple, target: Target, counts: Tensor) -> None:
    """Raises `UserError` when the loss cannot take a task's answers."""
    module, _ = loss
    if hasattr(module, "check"):
        module.check(target, counts)

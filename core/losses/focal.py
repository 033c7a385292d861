"""Focal loss (Lin et al. 2017, equation 5), for yes/no on one logit and for classes.

Differs from the paper in that alpha is a weight per class (for yes/no: `[1 - alpha, alpha]` of the paper) and is
one by default, as torchvision's `alpha=-1`. The mean is over rows, not over weights.
"""

import torch
from torch import Tensor

from core.losses import Rows
from core.losses._class_weights import HELP as WEIGHTS
from core.losses._class_weights import ClassWeights, class_weights, torch_option
from core.registry import Params as Base
from core.registry import param

TITLE = "Focal"
HELP = "Like cross-entropy, but rows that are already right hardly count: the network works on the hard ones."
FORMULA = r"-\alpha_y\, (1 - p_y)^{\gamma} \log p_y"
KINDS = ("binary", "multiclass")
ORDER = 5


class Params(Base):
    gamma: float = param(
        2.0,
        "How strongly easy rows are played down; 0 makes it plain cross-entropy.",
        title="Focus (gamma)",
        formula=r"\gamma",
        step=0.5,
        ge=0.0,
        le=10.0,
    )
    class_weights: ClassWeights = param("none", WEIGHTS, title="Class weights (alpha)", formula=r"\alpha_c")


def rows(output: Tensor, target: Tensor, params: Params, counts: Tensor) -> Rows:
    """value and gradient per row, from logits `[replica, row, class or 1]` and answers `[replica, row]`.

    Raises `UserError` when class weights do not fit the classes.
    """
    weights = class_weights(params.class_weights, counts)
    if output.shape[-1] == 1:
        sign = (2 * target - 1).unsqueeze(-1)
        logs = torch.nn.functional.logsigmoid(sign * output).squeeze(-1)
        toward = sign * -torch.expm1(logs).unsqueeze(-1)  # how log p_y grows with the logit
    else:
        index = target.unsqueeze(-1)
        every = torch.log_softmax(output, -1)
        logs = every.gather(-1, index).squeeze(-1)
        toward = every.exp_().neg_().scatter_(-1, index, 1.0, reduce="add")
    miss = -torch.expm1(logs)
    focus = miss**params.gamma
    # d value / d log p_y; below the smallest float the power would be infinite where gamma < 1
    steep = miss.clamp_min(torch.finfo(miss.dtype).tiny) ** (params.gamma - 1)
    slope = params.gamma * logs.exp() * logs * steep - focus
    value = focus.mul_(logs).neg_()
    if weights is not None:
        weight = weights.to(output.dtype).take(target.long())
        value, slope = value * weight, slope * weight
    return Rows(value, toward.mul_(slope.unsqueeze(-1)))


def torch_code(params: Params, kind: str = "multiclass", counts: Tensor | None = None) -> str:
    """The same loss as Python text."""
    weights = torch_option(params.class_weights, counts)
    if kind == "binary":
        loss = 'torch.nn.functional.binary_cross_entropy_with_logits(output, target, reduction="none")'
    else:
        loss = 'torch.nn.functional.cross_entropy(output, target, reduction="none")'
    own = f"{weights[0].removeprefix('weight=')}[target.long()] * " if weights else ""
    return f"lambda output, target: ({own}(1 - torch.exp(-(ce := {loss}))) ** {params.gamma} * ce).mean()"

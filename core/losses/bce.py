"""Binary cross-entropy on logits, as `torch.nn.BCEWithLogitsLoss`. Knows nothing of the threshold between no and yes."""

import torch
from torch import Tensor

from core.losses import Rows
from core.registry import Params as Base
from core.registry import param

TITLE = "Binary cross-entropy"
HELP = "How surprised the network is by the true yes or no: 0 when it was sure and right, large when it was sure and wrong."
FORMULA = r"-p\, y \log \sigma(z) - (1 - y) \log(1 - \sigma(z))"
KINDS = ("binary",)
ORDER = 2


class Params(Base):
    pos_weight: float = param(
        1.0,
        "How many times more a row with the answer yes counts than one with no.",
        title="Weight of yes",
        formula="p",
        step=0.1,
        gt=0.0,
        le=1000.0,
    )
    balanced: bool = param(
        False,
        "Makes both answers count the same in all, however rare one is: the weight of yes times rows with no / rows with yes.",
        title="Balance yes and no",
        formula=r"p \cdot n_0 / n_1",
    )


def yes_weight(params: Params, counts: Tensor) -> float:
    """What a row with yes is multiplied with; counts: `[2]` labelled training rows with no and with yes."""
    if not params.balanced:
        return params.pos_weight
    no, yes = counts.tolist()
    return params.pos_weight * max(no, 1) / max(yes, 1)


def rows(output: Tensor, target: Tensor, params: Params, counts: Tensor) -> Rows:
    """value and gradient per row, from logits `[replica, row, 1]` and answers 0/1 `[replica, row]`."""
    logit, weight = output[..., 0], yes_weight(params, counts)
    value = torch.binary_cross_entropy_with_logits(logit, target)
    pull = torch.sigmoid(logit).sub_(target)
    if weight != 1.0:
        each = torch.add(torch.ones((), dtype=output.dtype), target, alpha=weight - 1.0)  # answers are 0 or 1
        value, pull = value * each, pull.mul_(each)
    return Rows(value, pull.unsqueeze(-1))


def torch_code(params: Params, kind: str = "binary", counts: Tensor | None = None) -> str:
    """The same loss as Python text; without `counts`, a balanced one reads the name `yes_weight`."""
    if params.balanced and counts is None:
        return f"torch.nn.BCEWithLogitsLoss(pos_weight={params.pos_weight} * yes_weight)"
    weight = yes_weight(params, counts) if counts is not None else params.pos_weight
    return f"torch.nn.BCEWithLogitsLoss({'' if weight == 1.0 else f'pos_weight=torch.tensor({round(weight, 6)})'})"

"""Cross-entropy over classes, with class weights and label smoothing (Szegedy 2016), as `torch.nn.CrossEntropyLoss`.

Knows nothing of batches without labels: the trainer leaves those rows out.
"""

import torch
from torch import Tensor

from core.losses import Rows
from core.losses._class_weights import FORMULA as WEIGHT
from core.losses._class_weights import HELP as WEIGHTS
from core.losses._class_weights import ClassWeights, class_weights, torch_option
from core.registry import Params as Base
from core.registry import param

TITLE = "Cross-entropy"
HELP = "How surprised the network is by the true class: 0 when it was sure and right, large when it was sure and wrong."
FORMULA = r"-w_y \log \mathrm{softmax}(z)_y"
KINDS = ("multiclass",)
ORDER = 1


class Params(Base):
    class_weights: ClassWeights = param("none", WEIGHTS, title="Class weights", formula=WEIGHT)
    label_smoothing: float = param(
        0.0,
        "The share of every answer that is spread evenly over all classes, so that nobody has to be fully sure.",
        title="Label smoothing",
        formula=r"(1 - \varepsilon)\, \mathbb{1}_y + \varepsilon / C",
        step=0.05,
        ge=0.0,
        le=0.9,
    )


def rows(output: Tensor, target: Tensor, params: Params, counts: Tensor) -> Rows:
    """value, gradient and weight per row, from logits `[replica, row, class]` and class numbers `[replica, row]`.

    Raises `UserError` when class weights do not fit the classes.
    """
    index = target.unsqueeze(-1)
    logs = torch.log_softmax(output, -1)
    own = logs.gather(-1, index).squeeze(-1).neg_()
    weights = class_weights(params.class_weights, counts)
    if params.label_smoothing:
        return _smoothed(logs, own, target, params.label_smoothing, weights)
    gradient = logs.exp_().scatter_(-1, index, -1.0, reduce="add")
    if weights is None:
        return Rows(own, gradient)
    weight = weights.to(output.dtype).take(target)
    return Rows(own.mul_(weight), gradient.mul_(weight.unsqueeze(-1)), weight)


def _smoothed(logs: Tensor, own: Tensor, target: Tensor, smoothing: float, weights: Tensor | None) -> Rows:
    """The same where a share of every answer is spread over all classes; `own` is the surprise at the true class."""
    spread = smoothing / logs.shape[-1]
    every = torch.ones(logs.shape[-1], dtype=logs.dtype) if weights is None else weights.to(logs.dtype)
    weight = every.take(target)
    pull = (1 - smoothing) * weight
    value = pull * own - spread * (logs @ every)
    gradient = logs.exp_().mul_((pull + spread * every.sum()).unsqueeze(-1)).sub_(spread * every)
    gradient.scatter_add_(-1, target.unsqueeze(-1), pull.neg_().unsqueeze(-1))
    return Rows(value, gradient, None if weights is None else weight)


def torch_code(params: Params, kind: str = "multiclass", counts: Tensor | None = None) -> str:
    """The same loss as Python text."""
    options = torch_option(params.class_weights, counts)
    if params.label_smoothing:
        options.append(f"label_smoothing={params.label_smoothing}")
    return f"torch.nn.CrossEntropyLoss({', '.join(options)})"

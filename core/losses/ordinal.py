"""Cumulative logits for classes in an order (McCullagh 1980): one yes/no question per border between two classes.

P(answer above class k) = sigma(c_k), with c_0 > c_1 > ... for every row, so that no class has a probability below 0. From as
many outputs z as there are classes:

    c_0 = z_1 - z_0,    c_k = c_(k-1) - softplus(z_(k+1))

z_1 - z_0 says where the row stands, each further output how far the next border lies. As with softmax, one output is more
than is needed; of two classes it is softmax. Differs from McCullagh's proportional odds in that the distances between borders
may differ from row to row: they are the same for all where those outputs have a bias only.

The order is that of the classes: the task's own (`order` in the document), else numbers by size, words by the alphabet. A row
costs -log P(its class), as in cross-entropy:

    log P(k) = log sigma(c_(k-1)) + log sigma(-c_k) + log sigma(z_(k+1))

without the first and last term for the lowest class, and without the last two for the highest. (It is
sigma(a) - sigma(b) = sigma(a) sigma(-b) (1 - e^(b - a)), and a - b a softplus.) Nothing in it can overflow.
"""

import torch
from torch import Tensor
from torch.nn.functional import logsigmoid, pad, softplus

from core.losses import Rows
from core.registry import Params as Params

TITLE = "Ordinal"
HELP = (
    "For classes in an order, such as grades: learns where the borders between neighbours lie. Numbers are ordered by size, "
    "words by the alphabet until you order them."
)
FORMULA = r"-\log \left(\sigma(c_{y-1}) - \sigma(c_y)\right),\ c_0 > c_1 > \dots"
KINDS = ("multiclass",)
ORDER = 10


def borders(output: Tensor) -> Tensor:
    """The logit of lying above each class but the last, `[..., class - 1]`, falling."""
    return output[..., 1:2] - output[..., :1] - pad(softplus(output[..., 2:]).cumsum(-1), (1, 0))


def answer(output: Tensor, params: Params, counts: Tensor) -> Tensor:
    """Logarithms of the classes' probabilities, `[..., class]`: as logits, softmax gives the probabilities back."""
    border = borders(output)
    above, below = pad(logsigmoid(border), (1, 0)), pad(logsigmoid(-border), (0, 1))
    return above + below + pad(logsigmoid(output[..., 2:]), (1, 1))


def rows(output: Tensor, target: Tensor, params: Params, counts: Tensor) -> Rows:
    """value and gradient per row, from `[replica, row, class]` and class numbers `[replica, row]`."""
    index, classes = target.unsqueeze(-1), output.shape[-1]
    value = answer(output, params, counts).gather(-1, index).squeeze(-1).neg_()
    own = torch.zeros_like(output).scatter_(-1, index, 1.0)
    border = borders(output)
    chance = torch.sigmoid(border)
    pull = own[..., :-1] * chance - own[..., 1:] * torch.sigmoid(-border)  # of the value by each border
    gap = output[..., 2:]
    onward = pull.flip(-1).cumsum(-1).flip(-1)  # a gap moves all borders from its own on
    between = own[..., 1 : classes - 1]
    gaps = -torch.sigmoid(gap) * onward[..., 1:] - between * torch.sigmoid(-gap)
    place = onward[..., :1]
    return Rows(value, torch.cat([-place, place, gaps], -1))


LOGS = (
    "f.pad(f.logsigmoid(c := output[:, 1:2] - output[:, :1] - f.pad(f.softplus(output[:, 2:]).cumsum(1), (1, 0))), (1, 0))"
    " + f.pad(f.logsigmoid(-c), (0, 1)) + f.pad(f.logsigmoid(output[:, 2:]), (1, 1))"
)


def torch_code(params: Params, kind: str = "multiclass", counts: Tensor | None = None) -> str:
    """The same loss as Python text."""
    return f"lambda output, target, f=torch.nn.functional: f.nll_loss({LOGS}, target)"


def torch_answer(params: Params, kind: str = "multiclass", counts: Tensor | None = None) -> str:
    """`answer` as Python text."""
    return f"lambda output, f=torch.nn.functional: {LOGS}"

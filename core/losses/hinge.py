"""Hinge loss for yes/no (Cortes and Vapnik 1995) and for classes (Crammer and Singer 2001), as scikit-learn's `hinge_loss`.

For classes only the strongest wrong one counts; torch's `MultiMarginLoss` differs, it sums over all wrong ones. What comes
out of the network are scores: their order is meant, and the probabilities made of them elsewhere are none.
"""

import torch
from torch import Tensor

from core.losses import Rows
from core.registry import Params as Base
from core.registry import param

TITLE = "Hinge"
HELP = (
    "A row that is right with a margin of 1 counts nothing, any other in proportion: the network works on the border alone. "
    "Its probabilities are only squashed scores."
)
FORMULA = r"\max\left(0,\ 1 + \max_{c \neq y} z_c - z_y\right)"
KINDS = ("binary", "multiclass")
ORDER = 9


class Params(Base):
    squared: bool = param(
        False,
        "Squares what is missing to the margin: far misses count much more, and the slope has no jump.",
        title="Squared",
    )


def rows(output: Tensor, target: Tensor, params: Params, counts: Tensor) -> Rows:
    """value and gradient per row, from scores `[replica, row, class or 1]` and answers `[replica, row]`.

    Yes/no: 1 - z for yes and 1 + z for no, from 0 on.
    """
    if output.shape[-1] == 1:
        toward = (1 - 2 * target).unsqueeze(-1)
        lacking = torch.addcmul(torch.ones((), dtype=output.dtype), output, toward).squeeze(-1).clamp_(min=0.0)
    else:
        index = target.unsqueeze(-1)
        rival, place = output.scatter(-1, index, -torch.inf).max(-1, keepdim=True)
        lacking = (1 + rival - output.gather(-1, index)).squeeze(-1).clamp_(min=0.0)
        toward = torch.zeros_like(output).scatter_(-1, place, 1.0).scatter_(-1, index, -1.0)
    if params.squared:
        return Rows(lacking.square(), toward * (2 * lacking).unsqueeze(-1))
    return Rows(lacking, toward * (lacking > 0).unsqueeze(-1))


def torch_code(params: Params, kind: str = "multiclass", counts: Tensor | None = None) -> str:
    """The same loss as Python text."""
    if kind == "binary":
        lacking = "1 - (2 * target - 1) * output"
    else:
        rival = "output.scatter(1, target[:, None], -torch.inf).amax(1)"
        lacking = f"1 + {rival} - output.gather(1, target[:, None])[:, 0]"
    return f"lambda output, target: ({lacking}).clamp(min=0){'.square()' if params.squared else ''}.mean()"

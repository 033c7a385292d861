"""Mean squared error."""

from torch import Tensor

from core.losses import Rows
from core.registry import Params as Params

TITLE = "Mean squared error"
HELP = "The squared distance to the true value: far misses count much more than near ones."
FORMULA = r"(\hat y - y)^2"
KINDS = ("regression",)
POWER = 2
ORDER = 0


def rows(output: Tensor, target: Tensor, params: Params, counts: Tensor) -> Rows:
    """value and gradient per row, from predictions `[replica, row, 1]` and standardised answers `[replica, row]`."""
    miss = output[..., 0] - target
    return Rows(miss * miss, (2 * miss).unsqueeze(-1))


def torch_code(params: Params, kind: str = "regression", counts: Tensor | None = None) -> str:
    """The same loss as Python text."""
    return "torch.nn.MSELoss()"

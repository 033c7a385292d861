"""Stochastic gradient descent (Robbins and Monro 1951). Knows nothing of layers or replicas."""

from torch import Tensor

from core.registry import Params as Params

TITLE = "SGD"
HELP = "The plainest rule: every weight moves downhill by the learning rate times its slope. Easy to follow, often slow."
FORMULA = r"\theta \leftarrow \theta - \eta\, g"
TORCH = "torch.optim.SGD(model.parameters(), lr={rate})"
ORACLE = "SGD"
ORDER = 3


def init(flat: Tensor) -> dict[str, Tensor]:
    """No state."""
    return {}


def update(flat: Tensor, grad: Tensor, state: dict[str, Tensor], params: Params, rate: float, step: int) -> None:
    """One step on `flat [parameter]`, in place."""
    flat.add_(grad, alpha=-rate)

"""Tasks that do not train in a step, and how the schemes that balance gradients get along without them.

Their gradient is that of no loss, zero. To such a scheme this would say that they cannot be improved: MGDA and its kin would
stand still. So they lend the mean gradient and the mean loss of the others, which lies between those and adds no direction, and
what the scheme gives to it goes to the others alike. Knows nothing of why a task is absent.
"""

import numpy as np
import torch
from torch import Tensor

from core.weighting import Weighed


def lent(losses: Tensor, rows: Tensor, present: Tensor) -> tuple[Tensor, Tensor]:
    """Losses `[lane, task]` and gradients `[lane, task, number]`, those of tasks that are not present replaced by the mean of
    those that are. Where none is, all are as they were."""
    here = present.to(rows.dtype) / present.sum(1, keepdim=True).clamp(min=1)
    mean = torch.bmm(here.unsqueeze(1), rows)
    return torch.where(present, losses, (here * losses).sum(1, keepdim=True)), torch.where(present.unsqueeze(-1), rows, mean)


def returned(weighed: Weighed, present: np.ndarray) -> Weighed:
    """The weights of the tasks that are present, with what was given to the mean of them; 0 for others. Where n of K tasks are
    present all is lowered to n / K of it, so that equal weights stay 1."""
    count, tasks = present.sum(1, keepdims=True), present.shape[1]
    weights = np.where(present, weighed.weights, 0.0)
    given = (weighed.weights - weights).sum(1, keepdims=True) / np.maximum(count, 1)
    share = count / tasks
    weights = np.where(present, weights + given, 0.0) * share
    direction = None if weighed.direction is None else weighed.direction * share
    return weighed._replace(weights=weights, direction=direction)


def without(weighed: Weighed, trained: np.ndarray) -> Weighed:
    """Weights of 0 for the tasks that are not trained `[lane, task]`."""
    own = None if weighed.own is None else np.where(trained, weighed.own, 0.0)
    return weighed._replace(weights=np.where(trained, weighed.weights, 0.0), own=own)

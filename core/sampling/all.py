"""All tasks on every batch: an epoch is every training row once, in random order."""

import torch
from torch import Tensor

from core.registry import Params as Params

TITLE = "All tasks, all rows"
HELP = "Every batch trains every task that has a label in it. An epoch is every training row once, in random order."
ORDER = 0


def order(params: Params, rows: int, generator: torch.Generator) -> Tensor:
    return torch.randperm(rows, generator=generator)

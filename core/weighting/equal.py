"""Equal weighting: every task counts 1 (unitary scalarisation, Kurin et al. 2022)."""

import torch
from torch import Tensor

from core.registry import Params as Params
from core.weighting import Signal

TITLE = "Equal"
HELP = "Every task's loss counts the same. Simple, and often as good as anything: the yardstick for all other schemes."
FORMULA = r"\sum_k L_k"
NEEDS: frozenset[str] = frozenset()
ORDER = 0


def init(params: Params, tasks: tuple[str, ...], replicas: int) -> dict[str, Tensor]:
    return {"weights": torch.ones(replicas, len(tasks))}


def weigh(params: Params, state: dict[str, Tensor], signal: Signal) -> tuple[Tensor, dict[str, Tensor]]:
    return state["weights"], state

"""Penalty-based boundary intersection: lowers the losses along a preferred direction, and their distance from it.

With y_k = L_k - z_k and u the direction of the preference, |u| = 1: lowers d_1 + theta d_2 with d_1 = y . u and
d_2 = |y - d_1 u|; so w = u + theta (y - d_1 u) / d_2. On the direction itself, where d_2 has no slope, w = u.
Zhang and Li 2007, "MOEA/D: a multiobjective evolutionary algorithm based on decomposition", IEEE TEVC 11(6).

A weight is negative where a task does better than preferred by far: its loss is raised to come closer to the direction.
A large preference of a task means that its loss may be large. Any losses will do: a task without labels in the batch counts
with its loss of 0. A d_2 below a millionth of |y| is rounding and counts as that millionth.
Heads follow their weighted losses.
"""

import numpy as np

from core.registry import Params as Base
from core.registry import param
from core.weighting import Signal, State, Weighed
from core.weighting._by_task import Lowest, Preference, every, lowest, shares
from core.weighting._rows import total

TITLE = "Boundary intersection (PBI)"
HELP = "Lowers the losses while it holds them to the ratio that you prefer, even by making a task worse that is ahead of it."
FORMULA = r"d_1 + \theta d_2, \quad d_1 = y^\top u, \; d_2 = \lVert y - d_1 u \rVert, \; y = L - z"
REFERENCE = "Zhang and Li 2007, MOEA/D"
FAMILY = "losses"
SCALE = "the squares of the weights add up to 1 + theta², or 1 at the preferred ratio; weights may be negative"
HEADS = "weighted"
NEEDS: frozenset[str] = frozenset()
ORDER = 13
SMALL, TINY = 1e-12, 1e-200


class Params(Base):
    theta: float = param(
        5.0,
        "How strongly losses are held to the preferred ratio; 0 leaves a fixed weighting.",
        ge=0.0,
        le=20.0,
        step=0.1,
        formula=r"\theta",
        title="Penalty",
    )
    preference: Preference = param(
        {}, "The ratio of losses to aim at; 1 where none is given: a task with 2 may have twice the loss.", formula="u_k"
    )
    lowest: Lowest = param({}, "The lowest loss that a task can reach; 0 where none is given.", formula="z_k")


def init(params: Params, tasks: tuple[str, ...], replicas: int) -> State:
    preference = shares(params.preference, tasks)
    return {
        "direction": every(replicas, preference / np.linalg.norm(preference)),
        "lowest": every(replicas, lowest(params.lowest, tasks)),
    }


def weigh(params: Params, state: State, signal: Signal) -> Weighed:
    direction, gap = state["direction"], signal.losses - state["lowest"]
    off = gap - total(gap * direction) * direction
    square = np.maximum(total(off * off), SMALL * total(gap * gap) + TINY)
    return Weighed(direction + params.theta / np.sqrt(square) * off, state)

"""Smooth Tchebycheff scalarisation: lowers a smooth maximum of the losses, so that the worst task counts most.

Lowers mu log sum_k exp(a_k y_k / mu), y_k = L_k - z_k, so w_k = a_k softmax_k(a y / mu); for mu -> 0 it is the maximum.
After a warm-up with equal weights y_k = log((L_k - z_k) / nadir_k), the nadir being the mean of L_k - z_k over the warm-up:
losses of other units can be compared then, and w_k has a further factor 1 / (L_k - z_k).
Lin et al. 2024, "Smooth Tchebycheff scalarization for multi-objective optimization", arXiv:2402.19078.

Difference: the preference a_k has the mean 1, where the paper's adds up to 1: this is K times its loss with mu / K. The warm-up
is LibMTL's, where it lasts 4 epochs. With a warm-up, a task at its lowest loss z_k or below, or without labels in the
batch, has no logarithm and counts 0, and its loss is left out of the nadir; one closer than 1e-12 counts as that close. Without
a warm-up any losses will do.
Heads follow their weighted losses.
"""

import numpy as np

from core.registry import Params as Base
from core.registry import param
from core.weighting import Array, Signal, State, Weighed
from core.weighting._by_task import Lowest, Preference, every, lowest, shares
from core.weighting._rows import softmax

TITLE = "Smooth Tchebycheff (STCH)"
HELP = "Lowers the largest of the losses, softly: the task that is worst counts most, the others still a little."
FORMULA = r"\mu \log \sum_k \exp\!\left(\frac{a_k (L_k - z_k)}{\mu}\right)"
REFERENCE = "Lin et al. 2024, arXiv:2402.19078"
FAMILY = "losses"
SCALE = "weights add up to 1 without preference and warm-up; in the warm-up each is 1"
HEADS = "weighted"
NEEDS: frozenset[str] = frozenset()
ORDER = 10
FLOOR = 1e-12


class Params(Base):
    mu: float = param(
        1.0, "How soft the maximum is: near 0 only the worst task counts.", ge=0.001, le=10.0, formula=r"\mu", title="Softness"
    )
    warm_up: int = param(
        0,
        "Epochs of equal weights. After them each loss is measured by its mean over these epochs; 0 takes losses as they are.",
        ge=0,
        le=50,
        step=1,
        title="Warm-up epochs",
    )
    preference: Preference = param({}, "How much each task counts in the comparison; 1 where none is given.", formula="a_k")
    lowest: Lowest = param({}, "The lowest loss that a task can reach; 0 where none is given.", formula="z_k")


def init(params: Params, tasks: tuple[str, ...], replicas: int) -> State:
    """total, count: of the losses above the lowest in the warm-up; end: the epoch after it, -1 before the first step."""
    nothing = np.zeros((replicas, len(tasks)))
    return {
        "preference": every(replicas, shares(params.preference, tasks) * len(tasks)),
        "lowest": every(replicas, lowest(params.lowest, tasks)),
        "total": nothing,
        "count": nothing,
        "end": np.full((replicas, 1), -1.0),
    }


def weigh(params: Params, state: State, signal: Signal) -> Weighed:
    gap = signal.losses - state["lowest"]
    if not params.warm_up:
        return Weighed(_smooth(gap, state["preference"], params.mu), state)
    if state["end"].item(0) < 0:  # replicas go in step
        state = {**state, "end": np.full_like(state["end"], signal.epoch + params.warm_up)}
    present, gap = gap > 0.0, np.maximum(gap, FLOOR)
    if signal.epoch < state["end"].item(0):
        counted = {"total": state["total"] + gap * present, "count": state["count"] + present}
        return Weighed(np.ones_like(gap), {**state, **counted})
    nadir = np.where(state["count"] > 0, state["total"] / np.maximum(state["count"], 1.0), 1.0)
    relative = np.where(present, np.log(gap / nadir), 2.0 * np.log(FLOOR))
    return Weighed(_smooth(relative, state["preference"], params.mu) * present / gap, state)


def _smooth(values: Array, preference: Array, mu: float) -> Array:
    """The slope of the smooth maximum by the values."""
    return preference * softmax(preference * values / mu)

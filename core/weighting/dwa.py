"""Dynamic weight average: a task whose loss falls slowly counts more.

w_k = K softmax_k(r_k / T) with r_k = L_k(t-1) / L_k(t-2), the means of the task's loss over the last two epochs; w_k = 1 in the
first two. Liu, Johns and Davison 2019, "End-to-end multi-task learning with attention", arXiv:1803.10704.

Epochs count from the scheme's start. A loss of exactly 0, as of a task without labels in the batch, does not enter its mean; an
epoch without any label leaves the last two means; a task without two means yet has r_k = 1. Losses are meant to be positive:
a mean that changes its sign gives a negative r_k, that is a small weight.
Heads follow their weighted losses.
"""

import numpy as np

from core.registry import Params as Base
from core.registry import param
from core.weighting import Array, Signal, State, Weighed
from core.weighting._rows import softmax

TITLE = "Dynamic weight average (DWA)"
HELP = "A task whose loss fell little over the last two epochs counts more in the next one."
FORMULA = r"w_k = K\,\mathrm{softmax}_k\!\left(\frac{L_k(t-1)}{L_k(t-2)\,T}\right)"
REFERENCE = "Liu et al. 2019, arXiv:1803.10704"
FAMILY = "losses"
SCALE = "weights add up to the number of tasks"
HEADS = "weighted"
NEEDS: frozenset[str] = frozenset()
ORDER = 4


class Params(Base):
    temperature: float = param(2.0, "The higher, the more equal the weights.", ge=0.1, le=10.0, step=0.1, formula="T")


def init(params: Params, tasks: tuple[str, ...], replicas: int) -> State:
    """total, count: of the losses in this epoch; last, older: means of the two before it, 0 where there is none yet."""
    nothing = np.zeros((replicas, len(tasks)))
    state = dict.fromkeys(("total", "count", "last", "older"), nothing)
    return {**state, "weights": np.ones_like(nothing), "epoch": np.full((replicas, 1), -1.0)}


def weigh(params: Params, state: State, signal: Signal) -> Weighed:
    if state["epoch"].item(0) != signal.epoch:  # replicas go in step
        state = _turned(state, params.temperature, signal.epoch)
    losses = signal.losses
    counted = {"total": state["total"] + losses, "count": state["count"] + (losses != 0.0)}
    return Weighed(state["weights"], {**state, **counted})


def _turned(state: State, temperature: float, epoch: int) -> State:
    """The state at the start of an epoch."""
    nothing = np.zeros_like(state["total"])
    seen = state["count"] > 0
    last = np.where(seen, state["total"] / np.maximum(state["count"], 1.0), state["last"])
    older = np.where(seen, state["last"], state["older"])
    return {
        "total": nothing,
        "count": nothing,
        "last": last,
        "older": older,
        "weights": softmax(_ratio(last, older) / temperature) * last.shape[1],
        "epoch": np.full_like(state["epoch"], epoch),
    }


def _ratio(last: Array, older: Array) -> Array:
    return np.divide(last, older, out=np.ones_like(last), where=older != 0.0)

"""Fast adaptive multitask optimization: all losses are to fall by the same percentage, known from losses alone.

Lowers c sum_k z_k log(L_k - b_k) with z = softmax(xi), xi = 0 at first, b_k the lowest loss of a task, and the constant
c = 1 / sum_k z_k / (L_k - b_k); so w_k = c z_k / (L_k - b_k). After the step the losses on the same batch tell how each fell,
delta_k = log(L_k - b_k) - log(L_k' - b_k), and xi follows the gradient (d softmax / d xi)^T delta + decay xi: who fell least
counts more. Liu, Feng, Stone and Liu 2023, "FAMO: fast adaptive multitask optimization", Algorithm 2, arXiv:2306.03792.

Difference: the authors add 1e-8 in each logarithm, which makes small losses count less; here L' - b is taken within 1e-8 and
1e8 times L - b, so that a loss's unit never matters. As in their code, xi moves by Adam. It stays within ±30.
A task at its lowest loss or below, or without labels in the batch, has no logarithm: it sits the step out, with a weight of
(nearly) 0, and the others share as if alone. If none is above its lowest loss, w = z.
Heads follow their weighted losses.

To know the losses after the step, the batch goes through the network once more, a third of a step. Comparing with the `next`
batch's losses instead costs nothing: the same where a batch is all of the rows, noise where it is a few of them; a task without
labels there is compared with the next batch that has some.
"""

from typing import Literal

import numpy as np

from core.registry import Params as Base
from core.registry import param
from core.weighting import Array, Signal, State, Weighed, _adam
from core.weighting._by_task import Lowest, every, lowest
from core.weighting._rows import positive, total

TITLE = "FAMO"
HELP = "Looks at each loss before and after a step, and gives more weight to the tasks that improved least."
FORMULA = r"c \sum_k z_k \log(L_k - b_k), \quad z = \mathrm{softmax}(\xi)"
REFERENCE = "Liu et al. 2023, Algorithm 2, arXiv:2306.03792"
FAMILY = "losses"
SCALE = "weights add up to 1"
HEADS = "weighted"
NEEDS = frozenset({"losses_after"})
ORDER = 9
TINY, LEAST, MOST = np.array(1e-100), np.array(1e-8), np.array(1e8)
"""As arrays: to convert a number takes NumPy longer than to add one."""


class Params(Base):
    rate: float = param(0.025, "How fast the weights follow: the rate of their own Adam.", ge=1e-4, le=1.0)
    decay: float = param(
        0.001, "Pulls the weights back to equal ones, so that they forget; 0 never does.", ge=0.0, le=1.0, formula=r"\gamma"
    )
    batch: Literal["same", "next"] = param(
        "same",
        "Which batch tells how losses fell: the same once more after the step, or the next, which costs nothing but is noisy.",
    )
    lowest: Lowest = param({}, "The lowest loss that a task can reach; 0 where none is given.", formula="b_k")


def needs(params: Params) -> frozenset[str]:
    return NEEDS if params.batch == "same" else frozenset()


def init(params: Params, tasks: tuple[str, ...], replicas: int) -> State:
    """shares: z, the softmax of what is learned; gap: L - b of the batch before, 0 where there was none."""
    shares, low = np.full((replicas, len(tasks)), 1.0 / len(tasks)), every(replicas, lowest(params.lowest, tasks))
    state = {**_adam.init(replicas, len(tasks)), "shares": shares, "lowest": low}
    return state if params.batch == "same" else {**state, "gap": np.zeros_like(shares)}


def weigh(params: Params, state: State, signal: Signal) -> Weighed:
    gap = signal.losses - state["lowest"]
    above = positive(gap)
    if params.batch == "next":
        state = _compared(params, state, gap, above)
    pull = state["shares"] * (above / np.maximum(gap, TINY) + TINY)
    return Weighed(pull / total(pull), state)


def after(params: Params, state: State, before: Array, after: Array) -> State:
    """`before` and `after` `[replica, task]`. An `after` that is no number counts as the largest fall: its run is stopped."""
    gap = before - state["lowest"]
    return _learned(params, state, gap, after - state["lowest"], positive(gap))


def _compared(params: Params, state: State, gap: Array, above: Array) -> State:
    """With the batch before, if there was one: a replica that has had none yet has nothing to learn."""
    known = positive(state["gap"])
    both = known * above
    learned = _learned(params, state, state["gap"], gap, both)
    if both.all():
        return {**learned, "gap": gap}
    had = known.any(1, keepdims=True)
    state = {name: np.where(had, learned[name], values) for name, values in state.items()}
    return {**state, "gap": np.where(above, gap, state["gap"])}


def _learned(params: Params, state: State, before: Array, after: Array, known: Array) -> State:
    """Who fell least counts more, among the tasks `known` to be above their lowest loss; `before` and `after` are L - b."""
    rise = np.log(np.fmin(np.fmax(after / np.maximum(before, TINY), LEAST), MOST))  # -delta
    present = state["shares"] * known
    mean = total(present * rise) / (total(present) + TINY)
    learned = _adam.learn(state, present * (mean - rise) + params.decay * state["learned"], params.rate)
    powers = np.exp(learned["learned"])
    return {**state, **learned, "shares": powers / total(powers)}

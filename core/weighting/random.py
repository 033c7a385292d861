"""Random loss weighting: other weights at each step, w = softmax(x) with x_k drawn from N(0, 1).

Lin, Ye, Zhang and Tsang 2022, "Reasonable effectiveness of random weighting", Algorithm 2, arXiv:2111.10603.

The weights add up to 1, as in the paper, where equal weights here are 1 each: with plain gradient descent steps are K times
smaller, with Adam that does not matter. They depend on nothing but step, seed and replica, so no loss can upset them.
Heads follow their weighted losses.
"""

import numpy as np

from core.registry import Params as Params
from core.weighting import Signal, State, Weighed
from core.weighting._rows import total

TITLE = "Random (RLW)"
HELP = "Throws dice for the weights at every step: a scheme that does no better is not worth its cost."
FORMULA = r"w = \mathrm{softmax}(x), \quad x_k \sim \mathcal{N}(0, 1)"
REFERENCE = "Lin et al. 2022, Algorithm 2, arXiv:2111.10603"
FAMILY = "losses"
SCALE = "weights add up to 1"
HEADS = "weighted"
NEEDS: frozenset[str] = frozenset()
ORDER = 7


def init(params: Params, tasks: tuple[str, ...], replicas: int) -> State:
    return {}


def weigh(params: Params, state: State, signal: Signal) -> Weighed:
    powers = np.exp(signal.dice.normal(signal.step, signal.losses.shape[1]))
    return Weighed(powers / total(powers), state)

"""Adam, for the few numbers of its own that a scheme learns beside the network, one a task. Knows nothing of what they mean.

x <- x - rate * m / (sqrt(v) + 1e-8), where m and v are running means of the gradient and of its square (Kingma and Ba 2015,
Algorithm 1, arXiv:1412.6980). They are kept with their bias correction in them: n <- 1 + beta n, then m <- m + (g - m) / n,
which is the same. Numbers stay within ±30, since schemes take their exponentials.
"""

import numpy as np

from core.weighting import Array, State

BETA_1, BETA_2 = np.array(0.9), np.array(0.999)
ONE, EPSILON = np.array(1.0), np.array(1e-8)
"""As arrays: to convert a number takes NumPy longer than to add one."""
LEAST, MOST = np.array(-30.0), np.array(30.0)
"""e^30 is 1e13: far more than any two losses differ, far less than float32 can hold."""


def init(replicas: int, tasks: int) -> State:
    """All `[replica, task]` and 0: what is learned, the means m and v, and the n of each."""
    nothing = np.zeros((replicas, tasks))
    return dict.fromkeys(("learned", "mean", "square", "n_mean", "n_square"), nothing)


def learn(state: State, gradient: Array, rate: float) -> State:
    """One step against `gradient` `[replica, task]`."""
    n_mean, n_square = state["n_mean"] * BETA_1 + ONE, state["n_square"] * BETA_2 + ONE
    mean = state["mean"] + (gradient - state["mean"]) / n_mean
    square = state["square"] + (gradient * gradient - state["square"]) / n_square
    learned = state["learned"] - rate * mean / (np.sqrt(square) + EPSILON)
    return {
        "learned": np.minimum(np.maximum(learned, LEAST), MOST),
        "mean": mean,
        "square": square,
        "n_mean": n_mean,
        "n_square": n_square,
    }

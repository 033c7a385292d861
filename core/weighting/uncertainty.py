"""Uncertainty weighting: every task learns how noisy it is, and the noisier it is the less it counts.

Lowers sum_k a e^{-s_k} L_k + s_k / 2 over the network and over the log-variances s_k = log sigma_k^2, which start at 0; so
w_k = a e^{-s_k}. For regression a = 1/2, and noise settles where e^{s_k} = L_k; for classification a = 1, and e^{s_k} = 2 L_k.
Kendall, Gal and Cipolla 2018, "Multi-task learning using uncertainty to weigh losses", equations 7 and 10, arXiv:1705.07115.

Difference: the paper takes a by the kind of the task and lets the network's optimizer learn s; here one form serves all tasks,
and s has an Adam of its own, so that the network's learning rate and weight decay leave it alone. s stays within ±30.
A loss of zero or less, such as that of a task without labels in the batch, has no best noise: it gives s a gradient of 0.
Heads follow their weighted losses.
"""

from typing import Literal

import numpy as np

from core.registry import Params as Base
from core.registry import param
from core.weighting import Signal, State, Weighed, _adam
from core.weighting._rows import positive

TITLE = "Uncertainty (log-variance)"
HELP = "Each task learns how noisy it is while training: what is noisy, and cannot be predicted better, counts less."
FORMULA = r"\sum_k \frac{1}{2\sigma_k^2} L_k + \log \sigma_k"
REFERENCE = "Kendall et al. 2018, equations 7 and 10, arXiv:1705.07115"
FAMILY = "losses"
SCALE = "1/2 each at first, later about 1/2 over the task's loss"
HEADS = "weighted"
NEEDS: frozenset[str] = frozenset()
ORDER = 2
FACTORS = {"regression": 0.5, "classification": 1.0}


class Params(Base):
    rate: float = param(0.01, "How fast the noise of the tasks is learned: the rate of its own Adam.", ge=1e-4, le=1.0)
    form: Literal["regression", "classification"] = param(
        "regression",
        "The paper's likelihood: for regression losses are halved, for classification they are not. Tasks share one.",
        formula=r"\tfrac{1}{2\sigma^2} L \;\text{or}\; \tfrac{1}{\sigma^2} L",
    )


def init(params: Params, tasks: tuple[str, ...], replicas: int) -> State:
    return _adam.init(replicas, len(tasks))


def weigh(params: Params, state: State, signal: Signal) -> Weighed:
    weights = FACTORS[params.form] * np.exp(-state["learned"])
    gradient = (0.5 - weights * signal.losses) * positive(signal.losses)
    return Weighed(weights, _adam.learn(state, gradient, params.rate))

"""Loss weighting and gradient balancing, one file a scheme: how much each task counts. Knows nothing of networks or data.

**Conventions**, the same for all. What is lowered is the *sum* over tasks of weight times task loss: equal weighting is a
weight of 1 each. The *effective weight* of a task is its weight in the step's direction d = J^T w, J the tasks' gradients by
the shared parameters, one a row. Where d is no such sum, w is the nearest one (least squares).

Contract of a scheme's file:
`TITLE`, `HELP` (the idea in one sentence), `FORMULA` (LaTeX), `REFERENCE` (authors, year, algorithm number, arXiv number),
`FAMILY` "losses", "gradients" or "priority", `SCALE` (what its weights add up to, a few words), `HEADS`: "weighted", a task's
own layers follow its weighted loss, or "plain", its loss as it is. `SUM = False` where d may be no weighted sum. `Params`;
where gradients may be taken in several places, it has `where` of the type `Literal` of some of `PLACES`, the paper's first.
`NEEDS`, a set out of

- `gramian` and `jacobian`: the trainer computes the tasks' gradients;
- `score`: how well each task does on the batch;
- `losses_after`: those on the same batch after the step; then there is also `after(params, state, before, after) -> state`.

Where that depends on the parameters, `NEEDS` is for the default ones and `needs(params)` for any.

`init(params, tasks, replicas) -> state` and `weigh(params, state, signal) -> Weighed` are pure. A state is a dict of arrays
whose first axis is the replica's; one that holds gradients has no parameters before the first step. Arrays are NumPy's: on a
handful of numbers it takes a third of torch's time. Randomness comes from `signal.dice` alone. Losses, Gramian and Jacobian
are finite when `weigh` is called; rows of zeros, equal and opposite rows, and lengths from 1e-20 to 1e20 are not excluded, nor
are losses of zero or less.
"""

from typing import Literal, NamedTuple

import numpy as np

from core.registry import Registry
from core.weighting._dice import Dice as Dice

Array = np.ndarray
State = dict[str, Array]
Place = Literal["all", "last", "representation"]
PLACES: dict[Place, str] = {
    "all": "All shared layers",
    "last": "Last shared layer",
    "representation": "What the shared layers hand on",
}


class Signal(NamedTuple):
    """What a scheme knows at a step; arrays of float64 but for the Jacobian, which may be float32.

    losses `[replica, task]`; gramian `[replica, task, task]`, inner products of the tasks' gradients; jacobian
    `[replica, task, parameter]`, those gradients; score `[replica, task]`, share of right answers or R2, from 0 to 1;
    step and epoch count from 0. What is not in a scheme's `NEEDS` may be None.
    """

    losses: Array
    gramian: Array | None
    jacobian: Array | None
    score: Array | None
    step: int
    epoch: int
    dice: Dice


class Weighed(NamedTuple):
    """weights `[replica, task]`; direction `[replica, parameter]` only where it is not the weighted sum of gradients.

    Of a tree of schemes (`_tree.py`) also: own `[replica, task]`, what the tasks' own layers follow; groups
    `[replica, group]`, the effective weights of groups.
    """

    weights: Array
    state: State
    direction: Array | None = None
    own: Array | None = None
    groups: Array | None = None


SCHEMES = Registry(
    "core.weighting",
    "loss weighting",
    ("FORMULA", "REFERENCE", "FAMILY", "SCALE", "HEADS", "NEEDS", "init", "weigh"),
)

from core.weighting._direction import Direction as Direction  # noqa: E402
from core.weighting._direction import direction as direction  # noqa: E402
from core.weighting._scheme import Scheme as Scheme  # noqa: E402
from core.weighting._scheme import scheme_of as scheme_of  # noqa: E402
from core.weighting._tree import Tree as Tree  # noqa: E402
from core.weighting._tree import top as top  # noqa: E402
from core.weighting._tree import tree_of as tree_of  # noqa: E402

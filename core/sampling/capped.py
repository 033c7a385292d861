"""Tasks by their labels, up to a cap: p_k = min(n_k, C) / sum_j min(n_j, C), n_k the training rows with a label for task k.

As by Raffel et al. 2020, "Exploring the limits of transfer learning", arXiv:1910.10683, section 3.5.2 ("examples-proportional
mixing").
"""

import numpy as np

from core.registry import param
from core.sampling import Array, Moment
from core.sampling._by_task import ByTask

TITLE = "By labelled rows, up to a cap"
HELP = "Each batch trains one task, by its labelled rows; those beyond the cap do not count."
FORMULA = r"p_k = \frac{\min(n_k, C)}{\sum_j \min(n_j, C)}"
BY_TASK = True
NEEDS: frozenset[str] = frozenset()
ORDER = 6


class Params(ByTask):
    cap: int = param(100, "The most labelled rows that count of a task.", title="Cap", ge=1, le=1_000_000, formula="C")


def chances(params: Params, moment: Moment) -> Array:
    return np.minimum(moment.counts, params.cap)

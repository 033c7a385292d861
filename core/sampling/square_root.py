"""Tasks by the square root of their labels: p_k = n_k^(1/2) / sum_j n_j^(1/2), n_k the training rows with a label for task k.

As by Stickland and Murray 2019, "BERT and PALs", arXiv:1902.02671, section 4.1: between by labelled rows and equally often.
"""

import numpy as np

from core.sampling import Array, Moment
from core.sampling._by_task import ByTask as Params

TITLE = "By the root of labelled rows"
HELP = "Each batch trains one task; four times the labelled rows, twice as often. Tasks with few labels are not forgotten."
FORMULA = r"p_k = \frac{\sqrt{n_k}}{\sum_j \sqrt{n_j}}"
BY_TASK = True
NEEDS: frozenset[str] = frozenset()
ORDER = 4


def chances(params: Params, moment: Moment) -> Array:
    return np.sqrt(moment.counts)

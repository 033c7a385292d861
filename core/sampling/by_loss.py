"""Tasks by their training loss: p_k = L_k / sum_j L_j, L_k the loss of task k over all training rows when the epoch begins.

Tasks that are still learned badly come more often, as by Sharma, Jha, Hegde and Ravindran 2018, "Learning to multi-task by
active sampling", arXiv:1702.06053; they go by the distance from a score to be reached, this by the loss itself. A loss below 0
counts as 0.
"""

import numpy as np

from core.sampling import Array, Moment
from core.sampling._by_task import ByTask as Params

TITLE = "By loss"
HELP = "Each batch trains one task; twice the loss when the epoch begins, twice as often."
FORMULA = r"p_k = \frac{L_k}{\sum_j L_j}"
BY_TASK = True
NEEDS = frozenset({"losses"})
ORDER = 8


def chances(params: Params, moment: Moment) -> Array:
    assert moment.losses is not None
    return np.maximum(moment.losses, 0.0)

"""Tasks by what is left of their loss: p_k = r_k / sum_j r_j, r_k = L_k / L_k(0).

L_k is the loss of task k over all training rows when the epoch begins, L_k(0) when the run began: the ratio by which Liu, Liang
and Gitter 2019, "Loss-balanced task weighting to reduce negative transfer", weigh tasks; here it is how often they come. Losses
on scales of their own meet on one. A ratio below 0 counts as 0, and one by a first loss of 0 or less as 1.
"""

import numpy as np

from core.sampling import Array, Moment
from core.sampling._by_task import ByTask as Params

TITLE = "By what is left of the loss"
HELP = "Each batch trains one task; the more of its first loss is still there, the more often."
FORMULA = r"p_k = \frac{r_k}{\sum_j r_j}, \quad r_k = \frac{L_k}{L_k(0)}"
BY_TASK = True
NEEDS = frozenset({"losses"})
ORDER = 9


def chances(params: Params, moment: Moment) -> Array:
    assert moment.losses is not None
    assert moment.first is not None
    ratio = np.divide(moment.losses, moment.first, out=np.ones_like(moment.losses), where=moment.first > 0.0)
    return np.maximum(ratio, 0.0)

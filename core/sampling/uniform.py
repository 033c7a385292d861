"""Every task is equally likely: p_k = 1 / K, as by Collobert and Weston 2008, "A unified architecture for natural language
processing". Knows nothing of how many labels a task has.
"""

import numpy as np

from core.sampling import Array, Moment
from core.sampling._by_task import ByTask as Params

TITLE = "A task by chance"
HELP = "Each batch trains one task, any of them with the same chance."
FORMULA = r"p_k = \frac{1}{K}"
BY_TASK = True
NEEDS: frozenset[str] = frozenset()
ORDER = 2


def chances(params: Params, moment: Moment) -> Array:
    return np.ones_like(moment.counts)

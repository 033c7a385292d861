"""Tasks take turns: batch b is that of task b mod K, and goes on so from epoch to epoch.

The plainest way to alternate, as by Collobert and Weston 2008, "A unified architecture for natural language processing", who
draw the task instead. Knows nothing of how many labels a task has.
"""

import numpy as np

from core.sampling import Array, Moment
from core.sampling._by_task import ByTask as Params

TITLE = "Tasks in turn"
HELP = "Each batch trains one task: the first, the second, and so on, over and over."
FORMULA = r"p_k(b) = 1 \text{ where } k = b \bmod K, \text{ else } 0"
BY_TASK = True
NEEDS: frozenset[str] = frozenset()
ORDER = 1


def chances(params: Params, moment: Moment) -> Array:
    """`[batch, task]`, of ones and zeros."""
    tasks = len(moment.counts)
    return np.eye(tasks)[(moment.before + np.arange(moment.batches)) % tasks]

"""Tasks by their labels: p_k = n_k / sum_j n_j, n_k the training rows with a label for task k.

As by Sanh, Wolf and Ruder 2019, "A hierarchical multi-task approach for learning embeddings", arXiv:1811.06031. Every labelled
row of every task is then as likely to be learned from as any other.
"""

from core.sampling import Array, Moment
from core.sampling._by_task import ByTask as Params

TITLE = "By labelled rows"
HELP = "Each batch trains one task; twice the labelled rows, twice as often."
FORMULA = r"p_k = \frac{n_k}{\sum_j n_j}"
BY_TASK = True
NEEDS: frozenset[str] = frozenset()
ORDER = 3


def chances(params: Params, moment: Moment) -> Array:
    return moment.counts

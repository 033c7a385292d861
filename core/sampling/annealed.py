"""By labels first, more and more equally later: p_k = n_k^a / sum_j n_j^a, a = 1 - f (e - 1) / (E - 1) in epoch e of E.

n_k are the training rows with a label for task k. As by Stickland and Murray 2019, "BERT and PALs", arXiv:1902.02671, section
4.1, with their f = 0.8; f = 1 ends with all tasks equally often.
"""

from core.registry import param
from core.sampling import Array, Moment
from core.sampling._by_task import ByTask

TITLE = "By labelled rows, fading"
HELP = "Each batch trains one task: at first by its labelled rows, towards the end of the run nearly equally often."
FORMULA = r"p_k = \frac{n_k^\alpha}{\sum_j n_j^\alpha}, \quad \alpha = 1 - f\, \frac{e - 1}{E - 1}"
BY_TASK = True
NEEDS: frozenset[str] = frozenset()
ORDER = 7


class Params(ByTask):
    fall: float = param(
        0.8, "How far the exponent falls over the run; by 1, all tasks come equally often at its end.",
        title="Fall of the exponent", ge=0.0, le=1.0, step=0.05, formula="f",
    )  # fmt: skip


def chances(params: Params, moment: Moment) -> Array:
    return moment.counts ** (1.0 - params.fall * moment.done)

"""Tasks by a power of their labels: p_k = n_k^(1/T) / sum_j n_j^(1/T), n_k the training rows with a label for task k.

As by Arivazhagan et al. 2019, "Massively multilingual neural machine translation in the wild", arXiv:1907.05019, section 4.2,
with their T = 5. T = 1 is by labelled rows, T = 2 by their root, and a very high T equally often.
"""

from core.registry import param
from core.sampling import Array, Moment
from core.sampling._by_task import ByTask

TITLE = "By labelled rows, with a temperature"
HELP = "Each batch trains one task. At temperature 1 by its labelled rows; the higher, the more equally often."
FORMULA = r"p_k = \frac{n_k^{1/T}}{\sum_j n_j^{1/T}}"
BY_TASK = True
NEEDS: frozenset[str] = frozenset()
ORDER = 5


class Params(ByTask):
    temperature: float = param(5.0, "The higher, the more equally often tasks come.", ge=1.0, le=100.0, step=0.5, formula="T")


def chances(params: Params, moment: Moment) -> Array:
    return moment.counts ** (1.0 / params.temperature)

"""Numbers from 0 up with a long tail. Knows nothing of tasks: the logarithm of a task would change what its errors mean."""

from collections.abc import Iterator

import numpy as np

from core.data.findings._finding import Finding, mending, number, quoted
from core.data.findings._look import Look
from core.registry import Params

__all__ = ["Params"]

TITLE = "Skew"
HELP = "Numbers from 0 up with a long tail, which logarithms bring nearer."
ORDER = 11
LONG, BETTER = 3.0, 0.5  # skewness; what logarithms must leave of it at most
ENOUGH = 50


def find(look: Look) -> Iterator[Finding]:
    """Columns that are 0 in most rows keep their step at 0 whatever is done, so nothing is said of them."""
    for name in look.amounts:
        values = look.numbers(name, look.marks(name))
        values = values[~np.isnan(values)]
        if len(values) < ENOUGH or values.min() < 0 or 2 * np.count_nonzero(values) <= len(values):
            continue
        before = _skewness(values)
        if before <= LONG or abs(_skewness(np.log1p(values))) > BETTER * before:
            continue
        sentence = (
            f"{quoted(name)} has a long tail (skewness {look.about}{before:.1f}): half of its values are below "
            f"{number(float(np.median(values)))}, the largest is {number(values.max())}."
        )
        yield Finding("skew", name, sentence, (mending("Take the logarithm", "as its logarithm", "logarithm", column=name),))


def _skewness(values: np.ndarray) -> float:
    """The third moment over the spread's third power."""
    centred = values - values.mean()
    spread = np.sqrt((centred**2).mean())
    if spread == 0:
        return 0.0
    centred /= spread
    return float((centred * centred * centred).mean())

"""Rows that repeat another in every cell. Knows nothing of what the columns mean.

All rows are looked at, not a sample, in which hardly any would find its like. In a table of few different cells rows repeat by
chance: said is it only where chance would bring fewer than a hundredth of them, were the columns drawn each by itself.
"""

from collections.abc import Iterator

import numpy as np

from core.data.findings._finding import Finding, mending, percent
from core.data.findings._look import Look
from core.data.mends.distinct import repeats
from core.registry import Params

__all__ = ["Params"]

TITLE = "Duplicate rows"
HELP = "Rows that repeat another in every cell: learned from and checked with, they make the check look better than it is."
ORDER = 5
BY_CHANCE = 0.01


def find(look: Look) -> Iterator[Finding]:
    if look.table.drawn or look.table.always:
        return
    count = int(repeats(look.whole).sum())
    if not count or _expected(look) > BY_CHANCE * count:
        return
    many = "1 row repeats" if count == 1 else f"{count:,} rows repeat"
    sentence = f"{many} another one in every cell ({percent(count / len(look.whole))} of the table)."
    yield Finding("duplicate-rows", None, sentence, (mending("Keep each row once", "each row is kept once", "distinct"),))


def _expected(look: Look) -> float:
    """How many pairs of rows would be alike by chance."""
    pairs = len(look.whole) * (len(look.whole) - 1) / 2
    for name in look.names:
        codes, distinct = look.codes(name)
        counts = np.bincount(codes + 1, minlength=len(distinct) + 1).astype(np.float64)
        pairs *= float((counts * (counts - 1)).sum()) / max(len(codes) * (len(codes) - 1), 1)
        if pairs < 1e-6:
            break
    return pairs

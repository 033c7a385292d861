"""Words in a column of numbers, more of them than are plainly marks for missing. Knows nothing of what they mean."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from core.data.calendar import orders
from core.data.findings._finding import Finding, as_missing, listed, quoted
from core.data.findings._look import Look
from core.data.infer import FEW
from core.data.values import numbers, texts
from core.registry import Params

__all__ = ["Params"]

TITLE = "Words among numbers"
HELP = "A column of numbers with a few words in it, because of which it counts as texts."
ORDER = 9
MOST, SHARE = 20, 0.1
"""So many different words, in so many of the rows: more, and it is a column of texts."""


def find(look: Look) -> Iterator[Finding]:
    """Up to three words are taken as missing by themselves: `stand_ins` says so."""
    for name in look.names:
        column = look.whole[name]
        if pd.api.types.is_numeric_dtype(column.dtype) or name in look.guessed or look.has_words(name):
            continue
        cells = texts(column)
        counts = pd.Series(cells).value_counts()
        odd = counts[np.isnan(numbers(pd.Series(counts.index, dtype=object)))]
        if not 0 < len(odd) <= MOST or len(counts) - len(odd) <= FEW or odd.sum() > SHARE * counts.sum():
            continue
        if orders(pd.Series(odd.index, dtype=object)):
            continue
        rows = "1 row" if odd.sum() == 1 else f"{odd.sum():,} rows"
        sentence = f"{quoted(name)} holds numbers, but for {rows} with words ({listed(list(odd.index))})."
        yield Finding("words", name, sentence, (as_missing(name, [str(word) for word in odd.index]),))

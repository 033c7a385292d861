"""Numbers with a decimal comma that are texts, because a person chose the point. Knows nothing of bytes.

Where nobody chose, reading finds the mark by itself, column by column.
"""

from collections.abc import Iterator

import pandas as pd

from core.data.findings._finding import Finding, Offer, listed, quoted
from core.data.findings._look import Look
from core.data.values import has_decimal_commas
from core.registry import Params

__all__ = ["Params"]

TITLE = "Wrong decimal mark"
HELP = "Columns of numbers with a decimal comma in a file that is read with a decimal point: they count as texts."
ORDER = 0
LOOKED = 1_000  # different texts


def find(look: Look) -> Iterator[Finding]:
    """One sentence for all columns: the mark is the file's, and one click reads all of them."""
    if look.data.source.reading.decimal != ".":
        return
    names = [name for name in look.names if _is_text(look, name) and has_decimal_commas(look.codes(name)[1][:LOOKED])]
    if not names:
        return
    verb = "looks" if len(names) == 1 else "look"
    cell = quoted(next(each for each in look.codes(names[0])[1] if "," in str(each)))
    sentence = f"{listed(names)} {verb} like numbers with a decimal comma ({cell}), but the file is read with a decimal point."
    label = "Read it so" if len(names) == 1 else "Read them so"
    offer = Offer(label, "read so", {"op": "read", "reading": {"decimal": None}})
    yield Finding("decimal-mark", names[0] if len(names) == 1 else None, sentence, (offer,))


def _is_text(look: Look, name: str) -> bool:
    return not pd.api.types.is_numeric_dtype(look.frame[name].dtype)

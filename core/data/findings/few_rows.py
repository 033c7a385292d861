"""A table of few rows. Knows nothing of its columns."""

from collections.abc import Iterator

from core.data.findings._finding import Finding
from core.data.findings._look import Look
from core.registry import Params

__all__ = ["Params"]

TITLE = "Few rows"
HELP = "Fewer than 100 rows: what is found in them may be chance."
ORDER = 1
ENOUGH = 100


def find(look: Look) -> Iterator[Finding]:
    """Points that a person drew are as many as they should be."""
    rows = len(look.whole)
    if rows < ENOUGH and not look.table.drawn and not look.table.always:
        each = "1 row" if rows == 1 else f"{rows} rows"
        yield Finding("few-rows", None, f"The table has only {each}: a score on so few says little, so try several seeds.")

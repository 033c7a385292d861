"""Columns without a value in more than half of the rows. Knows nothing of tasks: those train on the rows that have a label."""

from collections.abc import Iterator

from core.data.findings._finding import Finding, leave_out, percent, quoted
from core.data.findings._look import Look
from core.registry import Params

__all__ = ["Params"]

TITLE = "Mostly missing"
HELP = "Columns without a value in more than half of the rows."
ORDER = 10
MOST = 0.5


def find(look: Look) -> Iterator[Finding]:
    for name in look.others:
        share = look.missing(name)
        if share > MOST:
            sentence = f"{quoted(name)} is missing in {look.about}{percent(share)} of the rows."
            yield Finding("mostly-missing", name, sentence, (leave_out(name),))

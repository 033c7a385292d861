"""Classes of a task with fewer than 5 rows. Knows nothing of the inputs."""

from collections.abc import Iterator

import pandas as pd

from core.data.findings._finding import Finding, Offer, as_missing, listed, mending, quoted
from core.data.findings._look import Look
from core.data.values import natural, texts
from core.experiment import Task
from core.registry import Params

__all__ = ["Params"]

TITLE = "Rare classes"
HELP = "Classes of a task with fewer than 5 rows: too few to learn from and to check with."
ORDER = 3
ENOUGH = 5
MOST = 1_000
"""So many classes can be joined by a click."""


def find(look: Look) -> Iterator[Finding]:
    """All rows are counted, not a sample: a sample has no rare classes."""
    for task in look.tasks:
        if task.kind == "regression":
            continue
        counts = pd.Series(texts(look.whole[task.column], look.guessed.get(task.column, ()))).value_counts()
        rare = sorted(counts.index[counts < ENOUGH], key=natural)
        if not rare:
            continue
        named = quoted(task.column)
        if len(rare) == 1:
            count = int(counts[rare[0]])
            what = f"The class {quoted(rare[0])} of {named} has only {count} row{'s' if count > 1 else ''}"
        else:
            what = f"{len(rare):,} of {len(counts):,} classes of {named} have fewer than {ENOUGH} rows ({listed(rare)})"
        yield Finding("rare-classes", task.column, f"{what}: too few to learn from.", tuple(_offers(task, rare, len(counts))))


def _offers(task: Task, rare: list[str], classes: int) -> Iterator[Offer]:
    left = classes - len(rare)
    if len(rare) > MOST:
        return
    if left >= 2:
        yield as_missing(task.column, [*rare], "Take as missing label")
    if left >= 1 and len(rare) > 1:
        yield mending("Join as “other”", "joined as “other”", "join", column=task.column, values=rare)

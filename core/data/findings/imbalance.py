"""A task of which nearly all rows have one class. Knows nothing of the inputs."""

from collections.abc import Iterator

import pandas as pd

from core.data.findings._finding import Finding, percent, quoted
from core.data.findings._look import Look
from core.data.values import texts
from core.registry import Params

__all__ = ["Params"]

TITLE = "Imbalance"
HELP = "A task of which nearly all rows have one class: accuracy looks good without anything learned."
ORDER = 4
HEAVY = 0.9


def find(look: Look) -> Iterator[Finding]:
    for task in look.tasks:
        if task.kind == "regression":
            continue
        counts = pd.Series(texts(look.frame[task.column], look.marks(task.column))).value_counts()
        if len(counts) < 2 or counts.iloc[0] < HEAVY * counts.sum():
            continue
        share = f"{look.about}{percent(counts.iloc[0] / counts.sum())}"
        sentence = (
            f"{quoted(task.column)} is {quoted(counts.index[0])} in {share} of its rows: a network that always says so "
            "has that accuracy, so look at balanced accuracy."
        )
        yield Finding("imbalance", task.column, sentence)

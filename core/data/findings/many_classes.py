"""More than 50 classes. Knows nothing of networks."""

from collections.abc import Iterator

import pandas as pd

from core.data.findings._finding import Finding, leave_out, mending, quoted
from core.data.findings._look import Look
from core.data.inputs import MAX_LEVELS
from core.data.values import texts
from core.registry import Params

__all__ = ["Params"]

TITLE = "Many classes"
HELP = "A task or a category with more than 50 different values."
ORDER = 12
MOST = 2_000
"""So many classes can be joined by a click."""


def find(look: Look) -> Iterator[Finding]:
    for task in look.tasks:
        if task.kind != "multiclass":
            continue
        counts = pd.Series(texts(look.whole[task.column], look.guessed.get(task.column, ()))).value_counts()
        if len(counts) <= MAX_LEVELS:
            continue
        rest = [str(name) for name in counts.index[MAX_LEVELS - 1 :]]
        sentence = f"{quoted(task.column)} has {len(counts):,} classes: each needs rows of its own to be learned."
        label, done = f"Keep the {MAX_LEVELS - 1} most frequent", "the others are joined as “other”"
        offers = (mending(label, done, "join", column=task.column, values=rest),) if len(rest) <= MOST else ()
        yield Finding("many-classes", task.column, sentence, offers)
    for name in look.others:
        if look.kinds[name] != "category" or not look.has_words(name):
            continue
        different = len(look.codes(name)[1])
        if different > MAX_LEVELS:
            many = f"{quoted(name)} has {look.at_least}{different:,} different values"
            sentence = f"{many}: as an input, the {MAX_LEVELS} most frequent count."
            yield Finding("many-classes", name, sentence, (leave_out(name),))

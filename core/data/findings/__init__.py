"""What is worth saying about a table's columns, one file per kind of finding, each with its mends as clicks.

Contract: `TITLE`, `HELP`, `Params` and `find(look) -> Iterator[Finding]`: one sentence each, with the column's name and the
figure. `ORDER` says how much it matters, the most first. A finding is about the table that it is given, and does not look at
what its own offers change in the document, so that it stays where it is once they are taken; what a mend has mended it finds no
more, and `standing` keeps it. Of a document it knows the tasks, the values that mean missing, and how the file is read.
"""

import json
from collections.abc import Sequence
from dataclasses import replace

from core.data.dataset import Table
from core.data.findings._click import apply, is_done, is_of, undo
from core.data.findings._finding import Finding, Offer
from core.data.findings._look import Look
from core.data.mends import MENDS
from core.experiment import Choice, Experiment
from core.registry import Registry

__all__ = ["FINDINGS", "Finding", "Offer", "apply", "findings", "is_done", "needs", "standing", "taken", "undo"]

FINDINGS = Registry("core.data.findings", "finding", ("find",))


def findings(experiment: Experiment, table: Table) -> list[Finding]:
    """All that is worth saying of a table as it stands, what matters most first."""
    look = Look(experiment, table)
    return [found for each in FINDINGS.values() for found in each.find(look)]


def standing(experiment: Experiment, before: Sequence[Finding], now: Sequence[Finding]) -> list[Finding]:
    """What is said once mends are done: `now`, and where they were, those of `before` that a mend has mended, with its undo.

    before: found in the table as it was read; now: in the table after mends. A mend that no finding offers any more, as one of
    a task that is none now, has a sentence of its own at the end.
    """
    kept = [each for each in before if any(_mends(experiment, offer) for offer in each.offers)]
    known = {(each.name, each.column) for each in kept}
    new = [_open(experiment, each) for each in now]
    found = [*kept, *(each for each in new if each.offers or (each.name, each.column) not in known)]
    kinds, places = list(FINDINGS), [(each.name, each.column) for each in before]

    def place(each: Finding) -> tuple[int, int]:
        key = (each.name, each.column)
        return kinds.index(each.name), places.index(key) if key in places else len(places)

    offered = [offer.op for each in kept for offer in each.offers]
    left = [choice for choice in experiment.data.mends if not any(is_of(choice, op) for op in offered)]
    return [*sorted(found, key=place), *map(_told, left)]


def _mends(experiment: Experiment, offer: Offer) -> bool:
    return offer.op["op"] == "mend" and is_done(experiment, offer.op)


def _open(experiment: Experiment, found: Finding) -> Finding:
    """Without mends that are done: what is found in spite of one is mended in another way."""
    return replace(found, offers=tuple(offer for offer in found.offers if not _mends(experiment, offer)))


def _told(choice: Choice) -> Finding:
    mend, params = MENDS.resolve(choice.name, choice.params)
    op = {"op": "mend", "name": choice.name, "params": choice.params}
    return Finding("mended", choice.params.get("column"), mend.told(params), (Offer("", "done", op),))


def taken(experiment: Experiment, table: Table) -> list[str]:
    """What was decided of itself when the table was opened, one sentence each, such as “id” only counts the rows: left out."""
    found = [
        (each.sentence, offer.done)
        for each in findings(experiment, table)
        for offer in each.offers[:1]
        if is_done(experiment, offer.op)
    ]
    return [f"{sentence.rstrip('.')}: {done}." for sentence, done in found]


def needs(experiment: Experiment) -> str:
    """What of a document its findings depend on, as JSON: while it stays the same, so do they."""
    data = experiment.data
    tasks = [[task.column, task.kind] for task in experiment.tasks]
    mends = [mend.model_dump(mode="json") for mend in data.mends]
    return json.dumps([data.source.model_dump(mode="json"), tasks, data.missing, data.everywhere, mends])

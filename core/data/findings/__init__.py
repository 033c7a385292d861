"""What is worth saying about a table's columns, one file per kind of finding, each with its mends as clicks.

Contract: `TITLE`, `HELP`, `Params` and `find(look) -> Iterator[Finding]`: one sentence each, with the column's name and the
figure. `ORDER` says how much it matters, the most first. A finding is about the table as it was read, before mends, and
does not look at what its own offers change, so that it stays where it is once they are taken. Of a document it knows the tasks
and the values that mean missing, nothing else.
"""

import json

from core.data.dataset import Table
from core.data.findings._click import apply, is_done, undo
from core.data.findings._finding import Finding, Offer
from core.data.findings._look import Look
from core.experiment import Experiment
from core.registry import Registry

__all__ = ["FINDINGS", "Finding", "Offer", "apply", "findings", "is_done", "needs", "taken", "undo"]

FINDINGS = Registry("core.data.findings", "finding", ("find",))


def findings(experiment: Experiment, table: Table) -> list[Finding]:
    """All that is worth saying, what matters most first. table: as it was read, before mends."""
    look = Look(experiment, table)
    return [found for each in FINDINGS.values() for found in each.find(look)]


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
    return json.dumps([data.source.model_dump(mode="json"), tasks, data.missing, data.everywhere])

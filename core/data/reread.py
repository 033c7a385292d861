"""The document over the same file, read in another way. Pure. Knows nothing of bytes: it is given both tables."""

from copy import deepcopy

from core.data.columns import begin, mark, role_of
from core.data.dataset import Table
from core.data.mends import MENDS
from core.experiment import Experiment, Source, parse
from core.groups import tidy


def reread(experiment: Experiment, source: Source, before: Table, after: Table) -> Experiment:
    """What still fits stays: a role that was chosen for a column of both tables, a task's layers, a mend of such a column.

    Kinds and values that mean missing are guessed anew, because cells may be others now.
    """
    both = [str(name) for name in after.frame.columns if name in before.frame]
    for column in (column for column in experiment.columns if column not in both):
        experiment = mark(experiment, before, column, "ignore")
    fresh = begin(source, after).model_dump(mode="json")["data"]
    mends = [choice for choice in experiment.data.mends if MENDS[choice.name].ROWS or choice.params.get("column") in both]
    document = experiment.model_dump(mode="json")
    towers = document["network"]["towers"]
    roles = {task["column"]: {name: task[name] for name in ("auxiliary", "fade")} for task in document["tasks"]}
    kept = deepcopy({name: document[name] for name in ("groups", "timeline", "weighting")})
    document["network"]["towers"], document["tasks"], document["groups"] = {}, [], []
    document["timeline"]["tasks"], document["weighting"]["params"] = {}, {}
    document["data"] |= {**fresh, "split": document["data"]["split"], "mends": [each.model_dump(mode="json") for each in mends]}
    document["data"]["everywhere"] = list(experiment.data.everywhere)
    made = parse(document)
    proposed = begin(experiment.data.source, before)
    chosen = [column for column in both if role_of(experiment, column) != role_of(proposed, column)]
    for column in [*(column for column in experiment.columns if column in both), *chosen]:
        made = mark(made, after, column, role_of(experiment, column))
    document = made.model_dump(mode="json")
    document["network"]["towers"] = {column: towers.get(column, []) for column in made.columns}
    for task in document["tasks"]:
        task |= roles.get(task["column"], {})
    document |= kept
    tidy(document)
    return parse(document)

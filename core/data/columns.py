"""Changes of the document that a click on a column means, and the document that a table begins with.

All pure: a document in, a checked document out. Knows nothing of tensors.
"""

from collections.abc import Collection
from types import ModuleType
from typing import Any, Literal, get_args

import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from core.data.dataset import Table
from core.data.infer import kind_of, missing_marks, propose, task_kind_of
from core.data.samples import inputs_of, tasks_of
from core.errors import UserError
from core.experiment import Experiment, Kind, Source, TaskKind, parse
from core.groups import rename, tidy

Role = Literal["input", "task", "ignore"]
ROLES: tuple[Role, ...] = get_args(Role)
TRUNK, TOWER = ({"width": 32}, {"width": 32}), ({"width": 16},)
MANY_ROWS = 5_000


def begin(source: Source, table: Table, sample: ModuleType | None = None) -> Experiment:
    """A whole document to start from: what the sample says of itself, or what a file's columns look like (no tasks yet)."""
    many = len(table.frame) > MANY_ROWS
    document: dict[str, Any] = {
        "version": 1,
        "data": {"source": source.model_dump(mode="json")},
        "tasks": [],
        "network": {"trunk": TRUNK, "towers": {"*": TOWER}},
        "training": {"learning_rate": 0.003, "batch_size": 256 if many else 32, "epochs": 30 if many else 100},
    }
    if sample is None:
        guess = propose(table)
        document["data"] |= {"inputs": guess.inputs, "missing": guess.missing, "everywhere": guess.everywhere}
    else:
        params = sample.Params(**source.params)
        document["data"] |= {"inputs": inputs_of(sample, params)}
        document["tasks"] = [{"column": column, "kind": kind} for column, kind in tasks_of(sample, params).items()]
        start = dict(getattr(sample, "START", {}))
        document["data"] |= {"split": start.pop("split")} if "split" in start else {}
        document |= start
    towers = dict(document["network"]["towers"])
    usual = towers.pop("*", TOWER)
    columns = [task["column"] for task in document["tasks"]]
    document["network"] = document["network"] | {"towers": {column: towers.get(column, usual) for column in columns}}
    return parse(document)


def role_of(experiment: Experiment, column: str) -> Role:
    return "input" if column in experiment.data.inputs else "task" if column in experiment.columns else "ignore"


def mark(experiment: Experiment, table: Table, column: str, role: Role) -> Experiment:
    """The document with `column` in another role, its kind guessed anew; everything else stays.

    A new task comes last and takes the last task's layers for its own; a task that goes takes its layers along.
    """
    if column not in table.frame:
        raise UserError("A column should be one of the table's.", f"“{column}”", "Choose another.")
    return _marked(experiment, table, {column: role})


def drawable(table: Table) -> list[str]:
    """Columns that can lie across a picture: those of numbers, however few different ones there are."""
    frame = table.frame
    return [name for name in frame.columns if is_numeric_dtype(frame[name]) and not is_bool_dtype(frame[name])]


def against(experiment: Experiment, table: Table, across: str, up: Collection[str]) -> Experiment:
    """The document that draws columns against another: `across` is the one input, a number; `up` are the tasks."""
    roles: dict[str, Role] = {
        column: "input" if column == across else "task" if column in up else "ignore" for column in table.frame.columns
    }
    return set_kind(_marked(experiment, table, roles), across, "number")


def set_kind(experiment: Experiment, column: str, kind: Kind | TaskKind) -> Experiment:
    """The document with an input's or a task's kind overruled. A task's loss becomes the usual one of its new kind."""
    role = role_of(experiment, column)
    allowed = {"input": get_args(Kind), "task": get_args(TaskKind), "ignore": ()}[role]
    if role == "ignore":
        raise UserError("Only an input or a task has a kind.", f"“{column}”, which is ignored", "Mark it first.")
    if kind not in allowed:
        raise UserError(f"The kind of “{column}” should be one of {', '.join(allowed)}.", f"“{kind}”", "Choose one of these.")
    document = experiment.model_dump(mode="json")
    if role == "input":
        document["data"]["inputs"][column] = kind
    for task in document["tasks"]:
        if task["column"] == column and task["kind"] != kind:
            task |= {"kind": kind, "loss": None}
    return parse(document)


def guessed_anew(
    after: Experiment, before: Experiment, columns: Collection[str], now: pd.DataFrame, was: pd.DataFrame
) -> Experiment:
    """`after`, with the kinds of columns that hold other cells or marks than `before` guessed anew, where they were as guessed.

    now, was: the table of either document. A task's loss becomes the usual one of its new kind.
    """
    document = after.model_dump(mode="json")
    for column in columns:
        old, new = ((frame[column], each.data.marks(column)) for frame, each in ((was, before), (now, after)))
        if column in after.data.inputs and after.data.inputs[column] == kind_of(*old):
            document["data"]["inputs"][column] = kind_of(*new)
        for task in document["tasks"]:
            if task["column"] == column and task["kind"] == task_kind_of(*old) != task_kind_of(*new):
                task |= {"kind": task_kind_of(*new), "loss": None}
    return parse(document)


def follow(experiment: Experiment, source: Source, table: Table, sample: ModuleType) -> Experiment:
    """The document over the same sample with other parameters: what still fits stays, new columns come as the sample says.

    A task that has another name in the same place, as another formula gives it, keeps its layers and its loss.
    """
    before, after = (sample.Params(**params) for params in (experiment.data.source.params, source.params))
    old, new = tasks_of(sample, before), tasks_of(sample, after)
    renamed = {was: now for was, now in zip(old, new, strict=False) if was != now and was not in new and now not in old}
    experiment = _renamed(experiment, renamed) if renamed else experiment
    document = experiment.model_dump(mode="json") | {"tasks": [], "data": experiment.data.model_dump(mode="json")}
    data, network, here = document["data"], document["network"], set(table.frame.columns)
    fresh = {name: kind for name, kind in inputs_of(sample, after).items() if name not in inputs_of(sample, before)}
    data["inputs"] = {name: kind for name, kind in (data["inputs"] | fresh).items() if name in here}
    data["missing"] = {name: marks for name, marks in data["missing"].items() if name in here}
    data["source"] = source.model_dump(mode="json")
    document["tasks"] = [task.model_dump(mode="json") for task in experiment.tasks if task.column in here]
    network["towers"] = {name: tower for name, tower in network["towers"].items() if name in here}
    for params in network["sharing"]["params"].values():
        if isinstance(params, dict):
            for gone in params.keys() - here:
                del params[gone]
    tidy(document)
    followed = parse(document)
    for column, kind in new.items():
        if column not in old and column not in renamed.values():
            followed = set_kind(mark(followed, table, column, "task"), column, kind)
    return followed


def _renamed(experiment: Experiment, names: dict[str, str]) -> Experiment:
    """The document with other names for its tasks."""
    document = experiment.model_dump(mode="json")
    for task in document["tasks"]:
        task["column"] = names.get(task["column"], task["column"])
    places = [document["network"]["towers"], document["data"]["missing"]]
    places += [values for values in document["network"]["sharing"]["params"].values() if isinstance(values, dict)]
    for place in places:
        renamed = {names.get(column, column): value for column, value in place.items()}
        place.clear()
        place.update(renamed)
    rename(document, names)
    return parse(document)


def _marked(experiment: Experiment, table: Table, roles: dict[str, Role]) -> Experiment:
    """The document with columns in other roles, one after the other, and checked once."""
    roles = {column: role for column, role in roles.items() if role_of(experiment, column) != role}
    if not roles:
        return experiment
    document = experiment.model_dump(mode="json")
    for column, role in roles.items():
        _mark(document, table.frame[column], column, role)
    inputs = document["data"]["inputs"]
    document["data"]["inputs"] = {name: inputs[name] for name in table.frame.columns if name in inputs}
    return parse(document)


def _mark(document: dict[str, Any], values: pd.Series, column: str, role: Role) -> None:
    inputs, missing, towers = document["data"]["inputs"], document["data"]["missing"], document["network"]["towers"]
    inputs.pop(column, None)
    document["tasks"] = [task for task in document["tasks"] if task["column"] != column]
    towers.pop(column, None)
    everywhere = document["data"]["everywhere"]
    if role != "ignore" and not missing.get(column):
        guess = [each for each in missing_marks(values) if each not in everywhere]
        missing |= {column: guess} if guess else {}
    marks = (*missing.get(column, ()), *everywhere)
    if role == "input":
        inputs[column] = kind_of(values, marks)
    elif role == "task":
        towers[column] = towers[document["tasks"][-1]["column"]] if _has_tower(document) else TOWER
        document["tasks"].append({"column": column, "kind": task_kind_of(values, marks)})
    if role != "task":
        for params in document["network"]["sharing"]["params"].values():
            if isinstance(params, dict):
                params.pop(column, None)
        tidy(document)


def _has_tower(document: dict[str, Any]) -> bool:
    return bool(document["tasks"]) and document["tasks"][-1]["column"] in document["network"]["towers"]

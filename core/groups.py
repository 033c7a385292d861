"""Changes of the tree of tasks: groups made, filled, renamed, dissolved, and what becomes of it when a task leaves.

All pure: a document in, a checked document out. Knows nothing of schemes: of their parameters only that a dict is by name of
what is weighed, and that `MAIN` names one of it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from core.errors import UserError
from core.experiment import Experiment, Group, parse

MAIN = "main"
"""The parameter of a weighting scheme that names a task; others that hold tasks are dicts by name."""
ROOT = ""


def around(experiment: Experiment, name: str) -> str:
    """The group that a task or group is in; `ROOT` for none."""
    return next((group.name for group in experiment.groups if name in group.members), ROOT)


def leaves(experiment: Experiment, name: str) -> tuple[str, ...]:
    """The tasks within a group, however deep, in the document's order; of `ROOT`, all; of a task, itself."""
    if name == ROOT:
        return experiment.columns
    group = next((group for group in experiment.groups if group.name == name), None)
    if group is None:
        return (name,)
    inside = {task for member in group.members for task in leaves(experiment, member)}
    return tuple(column for column in experiment.columns if column in inside)


def within(experiment: Experiment, name: str, group: str) -> bool:
    """Whether something stands in a group, however deep."""
    at = around(experiment, name)
    while at not in (ROOT, group):
        at = around(experiment, at)
    return at == group


def rows(experiment: Experiment) -> list[tuple[int, str]]:
    """Every task and group from the root down, with how deep it stands; what has its first task earlier comes earlier."""
    found: list[tuple[int, str]] = []

    def visit(inside: str, depth: int) -> None:
        for name in members(experiment, inside):
            found.append((depth, name))
            if name not in experiment.columns:
                visit(name, depth + 1)

    visit(ROOT, 0)
    return found


def members(experiment: Experiment, name: str) -> tuple[str, ...]:
    """What stands in a group, or at the root, by where its first task stands."""
    names = [*experiment.columns, *(group.name for group in experiment.groups)]
    here = [each for each in names if around(experiment, each) == name]
    return tuple(sorted(here, key=lambda each: experiment.columns.index(leaves(experiment, each)[0])))


def grouped(experiment: Experiment, name: str, ticked: Sequence[str]) -> Experiment:
    """The document with a new group of these tasks and groups, in the group that all of them stand in, else at the root.

    Raises `UserError` for fewer than two, a name that is taken, and a group beside what is in it.
    """
    if len(ticked) < 2:
        raise UserError("A group should begin with two members or more.", f"{len(ticked)}", "Tick tasks that belong together.")
    _is_free(experiment, name)
    for group in (each for each in ticked if each not in experiment.columns):
        inside = next((each for each in ticked if each != group and within(experiment, each, group)), None)
        if inside is not None:
            raise UserError("A group should not stand beside what is in it.", f"“{group}” and “{inside}”", "Tick one of them.")
    places = {around(experiment, each) for each in ticked}
    home = places.pop() if len(places) == 1 else ROOT
    groups = _without(experiment.groups, ticked)
    groups = [_with(group, name) if group.name == home else group for group in groups]
    return _tidied(experiment, [*groups, Group(name=name, members=tuple(ticked))])


def moved(experiment: Experiment, name: str, into: str) -> Experiment:
    """The document with a task or group in another group, or at the root. A group that is left empty goes.

    Raises `UserError` for a group that would stand in itself.
    """
    if around(experiment, name) == into:
        return experiment
    if into != ROOT and (into == name or within(experiment, into, name)):
        raise UserError("A group should not be part of itself.", f"“{name}” in “{into}”", "Choose another place.")
    groups = _without(experiment.groups, [name])
    return _tidied(experiment, [_with(group, name) if group.name == into else group for group in groups])


def dissolved(experiment: Experiment, name: str) -> Experiment:
    """The document without a group: its members stand where it stood."""
    gone = next(group for group in experiment.groups if group.name == name)
    home, groups = around(experiment, name), _without([each for each in experiment.groups if each.name != name], [name])
    return _tidied(experiment, [_with(group, *gone.members) if group.name == home else group for group in groups])


def renamed(experiment: Experiment, name: str, to: str) -> Experiment:
    """The document with another name for a group. Raises `UserError` for a name that is taken."""
    if name == to:
        return experiment
    _is_free(experiment, to)
    document = experiment.model_dump(mode="json")
    for group in document["groups"]:
        group["name"] = to if group["name"] == name else group["name"]
    rename(document, {name: to})
    return parse(document)


def free_name(experiment: Experiment) -> str:
    """A name for the next group."""
    taken = {*experiment.columns, *(group.name for group in experiment.groups)}
    return next(name for number in range(1, len(taken) + 2) if (name := f"Group {number}") not in taken)


def tidy(document: dict[str, Any]) -> None:
    """Takes out of a document what speaks of tasks that are gone: members, weights by name, the main task, phases.

    A group without members goes as well. Where no task is left that is scored, all are.
    """
    columns, groups = [task["column"] for task in document["tasks"]], document["groups"]
    while True:
        known = {*columns, *(group["name"] for group in groups)}
        for group in groups:
            group["members"] = [name for name in group["members"] if name in known]
        kept = [group for group in groups if group["members"]]
        if len(kept) == len(groups):
            break
        groups = kept
    inside = {name for group in groups for name in group["members"]}
    for group in groups:
        _fit(group["weighting"], set(group["members"]))
    _fit(document["weighting"], known - inside)
    document["groups"] = groups
    phases = document["timeline"]["tasks"]
    document["timeline"]["tasks"] = {name: phase for name, phase in phases.items() if name in columns}
    if all(task.get("auxiliary") for task in document["tasks"]):
        for task in document["tasks"]:
            task["auxiliary"] = False


def rename(document: dict[str, Any], names: Mapping[str, str]) -> None:
    """Other names for tasks or groups wherever a document's weighting, groups and timeline speak of them by theirs."""

    def by_name(given: dict[str, Any]) -> dict[str, Any]:
        return {names.get(name, name): value for name, value in given.items()}

    for weighting in (document["weighting"], *(group["weighting"] for group in document["groups"])):
        params = weighting["params"]
        for name, value in params.items():
            params[name] = by_name(value) if isinstance(value, dict) else value
        if MAIN in params:
            params[MAIN] = names.get(params[MAIN], params[MAIN])
    for group in document["groups"]:
        group["members"] = [names.get(name, name) for name in group["members"]]
    document["timeline"]["tasks"] = by_name(document["timeline"]["tasks"])


def _fit(weighting: dict[str, Any], members: set[str]) -> None:
    params = weighting["params"]
    for name, value in params.items():
        if isinstance(value, dict):
            params[name] = {each: number for each, number in value.items() if each in members}
    if params.get(MAIN) and params[MAIN] not in members:
        params[MAIN] = ""


def _tidied(experiment: Experiment, groups: Sequence[Group]) -> Experiment:
    document = experiment.model_dump(mode="json")
    document["groups"] = [group.model_dump(mode="json") for group in groups]
    tidy(document)
    return parse(document)


def _is_free(experiment: Experiment, name: str) -> None:
    if not name.strip():
        raise UserError("A group should have a name.", "none", "Type one.")
    if name in experiment.columns or any(group.name == name for group in experiment.groups):
        raise UserError("Each group should have a name of its own.", f"“{name}”, which is taken", "Choose another.")


def _without(groups: Sequence[Group], names: Sequence[str]) -> list[Group]:
    """The groups with these taken out of them; one may be left without members for a moment."""
    return [
        group.model_copy(update={"members": tuple(member for member in group.members if member not in names)})
        for group in groups
    ]


def _with(group: Group, *names: str) -> Group:
    return group.model_copy(update={"members": (*group.members, *names)})

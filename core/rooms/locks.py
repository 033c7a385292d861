"""Which parts of the document a presenter can lock, and whether a change would touch one. Knows nothing of pages or rooms.

Every setting of the document belongs to exactly one part. What a task brings along with it (layers of its own, a phase) belongs
to the tasks where the task itself comes or goes.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from core.errors import UserError
from core.experiment import Experiment, Layer


@dataclass(frozen=True)
class Lock:
    """A part of the document. paths: where its settings stand; of several parts that fit a path, the longest path has it."""

    title: str
    paths: tuple[str, ...]


LOCKS = {
    "data": Lock("Data", ("data",)),
    "tasks": Lock("Tasks", ("tasks",)),
    "network": Lock("Network", ("network",)),
    "activations": Lock("Activations", ("network.nonlinear", "network.twin", "activation")),
    "sharing": Lock("Sharing", ("network.sharing",)),
    "weighting": Lock("Weighting", ("weighting", "groups", "sampling")),
    "training": Lock("Training", ("training", "timeline", "seed", "replicas", "version")),
}
"""By name. "activation" stands for that of every layer."""
COMMANDS = {"edit": "network", "restart": "training"}
"""The part that a command to a run would change beside the document: weights by hand, another seed."""
PER_TASK = ("network.towers.", "timeline.tasks.")


def locked(old: Experiment, new: Experiment, locks: Collection[str]) -> str | None:
    """The title of the first locked part that a change from one document to another would touch; None where it may be made."""
    if not locks or old == new:
        return None
    touched = set(_touched(old, new))
    return next((lock.title for name, lock in LOCKS.items() if name in locks and name in touched), None)


def said(title: str) -> str:
    """What a member is told who wants to change a locked part."""
    return f"The presenter has locked “{title}” for now."


def checked(names: Collection[str]) -> frozenset[str]:
    """The names of locks. Raises `UserError` for one that is none."""
    if stray := next((name for name in names if name not in LOCKS), None):
        raise UserError(f"A lock should be one of {', '.join(LOCKS)}.", f"“{stray:.40}”", "Choose one of them.")
    return frozenset(names)


def part_of(path: str) -> str:
    """The name of the part that a setting belongs to, by its path outside of layers."""
    fits = {at: name for name, lock in LOCKS.items() for at in lock.paths if path == at or path.startswith(f"{at}.")}
    return fits[max(fits, key=len)]


def _touched(old: Experiment, new: Experiment) -> Iterator[str]:
    """Parts that differ."""
    before, after = _leaves(old), _leaves(new)
    both = set(old.columns) & set(new.columns)
    for path in before.keys() | after.keys():
        if before.get(path) != after.get(path):
            yield "tasks" if _comes_along(path, both, old, new) else part_of(path)
    for name in ("", *sorted(both)):
        one, other = (each.tower(name) if name else each.network.trunk for each in (old, new))
        if _bends(old, one, other):
            yield "activations"


def _comes_along(path: str, both: Collection[str], old: Experiment, new: Experiment) -> bool:
    """Whether a setting is of a task that is in one of two documents alone."""
    alone = {*old.columns, *new.columns} - set(both)
    return any(path == f"{start}{column}" for start in PER_TASK for column in alone)


def _bends(old: Experiment, before: tuple[Layer, ...], after: tuple[Layer, ...]) -> bool:
    """Whether the activations of a stack are others. In a stack of another length those may stand that the network has."""
    if len(before) == len(after):
        return any(one.activation != other.activation for one, other in zip(before, after, strict=True))
    stacks = (old.network.trunk, *(old.tower(column) for column in old.columns))
    known = [layer.activation for stack in stacks for layer in stack] or [Layer.model_fields["activation"].default]
    return any(layer.activation not in known for layer in after)


def _leaves(experiment: Experiment) -> dict[str, Any]:
    """What is compared, by path: settings of the document, and stacks of layers whole, without their activations."""
    document = experiment.model_dump(mode="json")
    network = document["network"]
    stacks = {"network.trunk": network.pop("trunk")}
    stacks |= {f"network.towers.{column}": layers for column, layers in network.pop("towers").items()}
    leaves = {path: [{**layer, "activation": None} for layer in layers] for path, layers in stacks.items() if layers}
    leaves |= {f"timeline.tasks.{column}": phase for column, phase in document["timeline"].pop("tasks").items()}
    document["network"] = network
    return leaves | {path: value for name, item in document.items() for path, value in _named(name, item)}


def _named(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Of the network and the timeline each setting apart, since parts divide them."""
    if path in ("network", "timeline"):
        for name, item in value.items():
            yield f"{path}.{name}", item
    else:
        yield path, value

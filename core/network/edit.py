"""Edits of the network in the document: each gives a new, checked `Experiment` and leaves the old one alone.

Knows nothing of data, tensors or pages. A stack of layers is addressed by `where`: "trunk", or a task's column
(`shapes.where_of` tells a column that is itself called “trunk” apart). Places `at` count from 0.
"""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from core.errors import UserError
from core.experiment import MAX_LAYERS, MAX_WIDTH, Choice, Experiment, Layer, parse
from core.network.activations import ACTIVATIONS
from core.network.shapes import TRUNK, where_of
from core.registry import explain

FIRST = Layer(width=16, dropout=0.0)
Stack = tuple[Layer, ...]


def stack(experiment: Experiment, where: Any) -> Stack:
    """The layers at an address. Raises `UserError` when nothing has it."""
    if where == TRUNK:
        return experiment.network.trunk
    return experiment.tower(_column(experiment, where))


def add_layer(experiment: Experiment, where: str, at: int) -> Experiment:
    """One layer more, before the one at `at`; a copy of its neighbour before it, else of the one after it."""
    layers = stack(experiment, where)
    at = _place(at, len(layers) + 1)
    layer = layers[max(at - 1, 0)] if layers else _default(experiment)
    made = {where: (*layers[:at], layer, *layers[at:])}
    return _branched(experiment, made, _moved(experiment, at, 1)) if where == TRUNK else _with(experiment, made)


def remove_layer(experiment: Experiment, where: str, at: int) -> Experiment:
    layers = stack(experiment, where)
    at = _place(at, len(layers))
    made = {where: (*layers[:at], *layers[at + 1 :])}
    return _branched(experiment, made, _moved(experiment, at, -1)) if where == TRUNK else _with(experiment, made)


def move_layer(experiment: Experiment, where: str, at: int, to: int) -> Experiment:
    """Takes the layer at `at` out and puts it in so that it ends up at `to`."""
    layers = list(stack(experiment, where))
    layer = layers.pop(_place(at, len(layers)))
    layers.insert(_place(to, len(layers) + 1), layer)
    return _with(experiment, {where: tuple(layers)})


def change_layer(experiment: Experiment, where: str, at: int, **fields: Any) -> Experiment:
    """Other fields for one layer: `width`, `activation` (a choice or its name), `batch_norm`, `dropout`."""
    return _change(experiment, where, at, fields)


def branch_earlier(experiment: Experiment) -> Experiment:
    """Shares one layer less: the trunk's last becomes the first own layer of every task that went through it."""
    trunk = experiment.network.trunk
    if not trunk or not experiment.tasks:
        raise UserError("There should be a shared layer to hand to the tasks.", "none", "Add one to the shared layers first.")
    own = {where_of(column): (trunk[-1], *experiment.tower(column)) for column in _whole(experiment)}
    return _branched(experiment, {TRUNK: trunk[:-1]} | own, _early(experiment))


def branch_later(experiment: Experiment) -> Experiment:
    """Shares one layer more: the tasks' first own layers become one, the trunk's last. Tasks that branch off early keep theirs.

    Where they differ the widest of them is kept, the first of these in the order of tasks.
    """
    early = _early(experiment)
    towers = {column: experiment.tower(column) for column in _whole(experiment)}
    bare = next((column for column, layers in towers.items() if not layers), None)
    if bare is not None or not towers:
        raise UserError(
            "Every task should have a layer of its own before one of them can be shared.",
            f"none for “{bare}”" if bare is not None else "no task",
            "Add one first.",
        )
    layer = max((layers[0] for layers in towers.values()), key=lambda layer: layer.width)
    own = {where_of(column): layers[1:] for column, layers in towers.items()}
    return _branched(experiment, {TRUNK: (*experiment.network.trunk, layer)} | own, early)


def share_layers(experiment: Experiment, layers: int) -> Experiment:
    """As many shared layers as said, by `branch_earlier` or `branch_later` as often as it takes."""
    _place(layers, MAX_LAYERS + 1)
    while len(experiment.network.trunk) != layers:
        step = branch_earlier if len(experiment.network.trunk) > layers else branch_later
        experiment = step(experiment)
    return experiment


def branch_task(experiment: Experiment, where: str, after: int) -> Experiment:
    """Hard sharing only: one task branches off after so many of the shared layers; 0 makes it separate.

    It stays as deep as it was. Of the shared layers that it leaves it gets copies, as its first own ones. Of those that it
    joins, it gives up the copies that are still alike; one that was changed since stays its own. A shared layer that no task
    goes through any more is gone: the last task that leaves takes it along.
    """
    sharing, trunk = experiment.network.sharing, experiment.network.trunk
    column = _column(experiment, where)
    if sharing.name != "hard" or len(experiment.tasks) < 2:
        raise UserError(
            "A task should have hard sharing, and other tasks beside it, to branch off by itself.",
            f"“{sharing.name}”" if sharing.name != "hard" else "one task",
            "Choose hard sharing first." if sharing.name != "hard" else "Choose a second task first.",
        )
    early = _early(experiment)
    before, after = early.get(column, len(trunk)), _place(after, len(trunk) + 1)
    own = experiment.tower(column)
    if after < before:
        own = (*trunk[after:before], *own)
    for layer in trunk[before:after]:
        if own[:1] != (layer,):
            break
        own = own[1:]
    early[column] = after
    deepest = max(early.get(each, len(trunk)) for each in experiment.columns)
    return _branched(experiment, {TRUNK: trunk[:deepest], where: own}, early)


def set_activation_everywhere(experiment: Experiment, choice: Any) -> Experiment:
    """The same activation (a choice or its name) for every layer, shared or not."""
    activation = _activation(choice)
    stacks = {where: stack(experiment, where) for where in (TRUNK, *map(where_of, experiment.columns))}
    changed = {
        where: tuple(layer.model_copy(update={"activation": activation}) for layer in layers)
        for where, layers in stacks.items()
    }
    return _with(experiment, {where: layers for where, layers in changed.items() if layers})


def set_nonlinear(experiment: Experiment, on: bool) -> Experiment:
    """Takes every activation out (False), or puts them back (True)."""
    if not isinstance(on, bool):
        raise UserError("The switch of the activations should be on or off.", _shown(on), "Use true or false.")
    return _with(experiment, {}, nonlinear=on)


def _change(experiment: Experiment, where: str, at: int, fields: Mapping[str, Any]) -> Experiment:
    layers = stack(experiment, where)
    at = _place(at, len(layers))
    return _with(experiment, {where: (*layers[:at], _layer(layers[at], fields), *layers[at + 1 :])})


OPS: dict[str, tuple[Callable[..., Experiment], frozenset[str]]] = {
    "add": (add_layer, frozenset({"where", "at"})),
    "remove": (remove_layer, frozenset({"where", "at"})),
    "move": (move_layer, frozenset({"where", "at", "to"})),
    "change": (_change, frozenset({"where", "at", "fields"})),
    "branch-earlier": (branch_earlier, frozenset()),
    "branch-later": (branch_later, frozenset()),
    "share": (share_layers, frozenset({"layers"})),
    "branch": (branch_task, frozenset({"where", "after"})),
    "activation": (set_activation_everywhere, frozenset({"choice"})),
    "nonlinear": (set_nonlinear, frozenset({"on"})),
}


def apply(experiment: Experiment, op: Any) -> Experiment:
    """The experiment after an edit written as JSON, such as `{"op": "add", "where": "trunk", "at": 1}`.

    Trusts nothing in it; a counter `n`, by which a sender tells its edits apart, is left aside.
    Raises `UserError` for whatever is no edit of this network.
    """
    name = op.get("op") if isinstance(op, dict) else None
    if not isinstance(name, str) or name not in OPS:
        raise UserError(
            f"An edit should be one of {', '.join(OPS)}.", _shown(name if isinstance(op, dict) else op), "Choose one of these."
        )
    edit, needed = OPS[name]
    given = {key: value for key, value in op.items() if key not in ("op", "n")}
    if set(given) != needed:
        wanted = ", ".join(sorted(needed)) or "nothing more"
        raise UserError(f"The edit “{name}” should say {wanted}.", _shown(sorted(map(str, given))), "Say that, and no more.")
    return edit(experiment, **given)


def _with(experiment: Experiment, stacks: Mapping[str, Stack], **fields: Any) -> Experiment:
    for where, layers in stacks.items():
        if len(layers) > MAX_LAYERS:
            owner = "The shared part" if where == TRUNK else f"“{_column(experiment, where)}”"
            raise UserError(f"{owner} should have at most {MAX_LAYERS} layers.", f"{len(layers)}", "Remove one first.")
    own = {_column(experiment, where): layers for where, layers in stacks.items() if where != TRUNK}
    if own:
        fields["towers"] = experiment.network.towers | own
    if TRUNK in stacks:
        fields["trunk"] = stacks[TRUNK]
    network = experiment.network.model_copy(update=fields)
    return parse(experiment.model_copy(update={"network": network}).model_dump(mode="json"))


def _branched(experiment: Experiment, stacks: Mapping[str, Stack], early: Mapping[str, int]) -> Experiment:
    """Other layers, and tasks that branch off early; of those that go through all shared layers nothing is written down."""
    sharing, trunk = experiment.network.sharing, stacks[TRUNK]
    params = {name: value for name, value in sharing.params.items() if name != "branch"}
    branch = {column: after for column, after in early.items() if after < len(trunk)}
    choice = sharing.model_copy(update={"params": params | ({"branch": branch} if branch else {})})
    network = experiment.network.model_copy(update={"sharing": choice})
    return _with(experiment.model_copy(update={"network": network}), stacks)


def _early(experiment: Experiment) -> dict[str, int]:
    """The tasks that branch off before the last shared layer, and after how many."""
    depth, branch = len(experiment.network.trunk), experiment.network.sharing.params.get("branch")
    if not isinstance(branch, Mapping):
        return {}
    return {
        name: after for name, after in branch.items() if name in experiment.columns and isinstance(after, int) and after < depth
    }


def _moved(experiment: Experiment, at: int, by: int) -> dict[str, int]:
    """`_early`, once there is a shared layer more (`by` 1) or less (-1) at a place: tasks leave at the same layer as before."""
    return {column: after + by if after > at else after for column, after in _early(experiment).items()}


def _whole(experiment: Experiment) -> list[str]:
    """The tasks that go through all shared layers."""
    early = _early(experiment)
    return [column for column in experiment.columns if column not in early]


def _column(experiment: Experiment, where: Any) -> str:
    for column in experiment.columns:
        if where_of(column) == where:
            return column
    known = ", ".join((TRUNK, *map(where_of, experiment.columns)))
    raise UserError(f"Layers should be addressed by one of {known}.", _shown(where), "Choose one of these.")


def _place(at: Any, places: int) -> int:
    if isinstance(at, int) and not isinstance(at, bool) and 0 <= at < places:
        return at
    wanted = f"a whole number from 0 to {places - 1}" if places else "that of a layer, and there is none"
    raise UserError(f"The place in the layers should be {wanted}.", _shown(at), "Choose one that is there.")


def _layer(layer: Layer, fields: Any) -> Layer:
    if not isinstance(fields, Mapping):
        raise UserError("A layer's settings should be given by name.", _shown(fields), "Use an object such as {width: 16}.")
    changed = {**{name: getattr(layer, name) for name in Layer.model_fields}, **fields}
    width = changed["width"]
    if not isinstance(width, int) or isinstance(width, bool) or not 1 <= width <= MAX_WIDTH:
        raise UserError(f"A layer should have 1 to {MAX_WIDTH} units.", _shown(width), "Choose a whole number in between.")
    changed["activation"] = _activation(changed["activation"])
    try:
        return Layer.model_validate(changed, strict=True)
    except ValidationError as error:
        raise explain(error, "A layer") from error


def _activation(choice: Any) -> Choice:
    """A choice, or just its name, as one that exists and whose parameters fit."""
    try:
        choice = Choice(name=choice) if isinstance(choice, str) else Choice.model_validate(choice)
    except ValidationError as error:
        raise explain(error, "An activation") from error
    ACTIVATIONS.resolve(choice.name, choice.params)
    return choice


def _default(experiment: Experiment) -> Layer:
    """The first layer of an empty stack: a neighbour's activation, where the network has any."""
    network = experiment.network
    others = (*network.trunk[-1:], *(layers[0] for layers in network.towers.values() if layers))
    return FIRST.model_copy(update={"activation": others[0].activation}) if others else FIRST


def _shown(value: Any) -> str:
    text = f"“{value}”" if isinstance(value, str) else repr(value)
    return text if len(text) <= 60 else text[:59] + "…"

"""Editing a network that stands: a weight or bias set by hand, a unit or a link switched off, and all of it put back.

Pure: an edit of a checkpoint gives another one. It holds for every replica; twins without activations stay as they are.
What the optimizer remembers of an edited number is set to 0; if training goes on, edited numbers train on with all others.
Knows nothing of runs or pages. Layers go by their names in the graph, units and inputs by number, from 0. A copy of a bank is
told as “name@number”; in an `Edit` the units of all copies are counted side by side.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import torch
from torch import Tensor

from core.errors import UserError
from core.network.graph import Graph, Step
from core.network.layer import Dense
from core.network.naming import part_of
from core.network.parameters import views
from core.training.checkpoint import Checkpoint

LARGEST = 1000.0
NEEDS = {
    "weight": {"layer", "unit", "input", "value"},
    "off": {"layer", "unit"},
    "cut": {"layer", "unit", "input"},
    "restore": set(),
}


@dataclass(frozen=True)
class Edit:
    """op: set a weight, or with no `input` a bias; switch a unit off; cut a link, so set its weight to 0; restore all."""

    op: Literal["weight", "off", "cut", "restore"]
    layer: str = ""
    unit: int = 0
    input: int | None = None
    value: float = 0.0

    @property
    def place(self) -> tuple[str, str, int, int | None]:
        """What it is done to: a later edit of the same makes an earlier one as if it had not been."""
        return self.op, self.layer, self.unit, self.input


def parsed(told: Any, network: Graph) -> Edit:
    """An edit from outside, such as {"op": "off", "layer": "trunk.0", "unit": 2}.

    Raises `UserError` for what is none, and for what `network` has not.
    """
    if not isinstance(told, Mapping) or not isinstance(told.get("op"), str) or told["op"] not in NEEDS:
        raise UserError(f"An edit should be one of {', '.join(NEEDS)}.", _shown(told), "Use the picture of the network.")
    given = {name: value for name, value in told.items() if name != "op"}
    if set(given) != NEEDS[told["op"]]:
        wanted = ", ".join(sorted(NEEDS[told["op"]])) or "nothing more"
        raise UserError(
            f"The edit “{told['op']}” should say {wanted}.", _shown(sorted(map(str, given))), "Say that, and no more."
        )
    if told["op"] == "restore":
        return Edit("restore")
    node, unit = _unit(network, given["layer"], given["unit"])
    if given.get("input") is not None:
        _number(given["input"], node.specs[0].shape[-2], "input")
    elif told["op"] == "cut":
        raise UserError("A link should come from an input.", "none", "Choose the input's number.")
    value = given.get("value", 0.0)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or abs(value) > LARGEST:
        raise UserError(f"A weight should be a number from {-LARGEST:,.0f} to {LARGEST:,.0f}.", _shown(value), "Enter one.")
    edit = Edit(told["op"], node.name, unit, given.get("input"), float(value))
    if edit.op == "off":
        _spots(network, edit)
    return edit


def edited(checkpoint: Checkpoint, network: Graph, edit: Edit) -> Checkpoint:
    """The checkpoint after an edit that `parsed` has let through."""
    if edit.op == "restore":
        return _restored(checkpoint)
    experiment = checkpoint.experiment
    numbers = views(torch.arange(checkpoint.parameters.numel()), network.specs, experiment.lanes)
    spots = [numbers[spec][(slice(experiment.replicas), *at)].flatten() for spec, at in _spots(network, edit)]
    return _put(checkpoint, torch.cat(spots).unique(), edit.value if edit.op == "weight" else 0.0)


def numbers(checkpoint: Checkpoint, network: Graph, layer: Any, unit: Any) -> dict[str, Any]:
    """What goes into a unit, in the first replica: its `bias` and the `weights` of its inputs.

    `reads`: what layer these inputs are, "" for the network's own; `name`: the unit in words. Raises `UserError` for what there
    is not.
    """
    node, unit = _unit(network, layer, unit)
    copy, within = divmod(unit, node.specs[0].shape[-1])
    weight, bias = views(checkpoint.parameters, network.specs, checkpoint.experiment.lanes)[node.first : node.first + 2]
    weight, bias = (weight[0, copy], bias[0, copy]) if node.copies else (weight[0], bias[0])
    before = next(step.inputs[0] for step in network.steps if step.node is node)
    return {
        "name": f"{_name(node.name, tuple(network.outputs))}, unit {unit + 1}",
        "bias": float(bias[0, within]),
        "weights": weight[:, within].tolist(),
        "reads": network.steps[before - 1].node.name if before else "",
    }


def words(edit: Edit, network: Graph) -> str:
    """What was done, for the history: “shared layer 1, unit 3 switched off”."""
    if edit.op == "restore":
        return "edited weights put back"
    where = f"{_name(edit.layer, tuple(network.outputs))}, unit {edit.unit + 1}"
    if edit.op == "off":
        return f"{where} switched off"
    if edit.op == "cut":
        return f"{where}: link from input {(edit.input or 0) + 1} switched off"
    what = "bias" if edit.input is None else f"weight of input {edit.input + 1}"
    return f"{where}: {what} set to {edit.value:.4g}"


def _put(checkpoint: Checkpoint, places: Tensor, value: float) -> Checkpoint:
    """Sets numbers of the flat parameters, and keeps what they and the optimizer's were before the first edit."""
    parameters, kept = checkpoint.parameters.clone(), checkpoint.surgery
    like = {name: tensor for name, tensor in checkpoint.optimizer.items() if tensor.shape == parameters.shape}
    known = kept.get("places", places[:0])
    fresh = places[~torch.isin(places, known)]
    surgery = {"places": torch.cat([known, fresh])}
    for name, tensor in {"parameters": parameters, **_rooms(like)}.items():
        surgery[name] = torch.cat([kept.get(name, tensor[:0]), tensor[fresh]])
    parameters[places] = value
    cleared = {name: tensor.index_fill(0, places, 0.0) for name, tensor in like.items()}
    return replace(checkpoint, parameters=parameters, optimizer=checkpoint.optimizer | cleared, surgery=surgery)


def _restored(checkpoint: Checkpoint) -> Checkpoint:
    kept = checkpoint.surgery
    if not kept:
        return checkpoint
    places, optimizer = kept["places"], dict(checkpoint.optimizer)
    for room, values in kept.items():
        if room.startswith("optimizer."):
            name = room.removeprefix("optimizer.")
            optimizer[name] = optimizer[name].index_copy(0, places, values)
    parameters = checkpoint.parameters.index_copy(0, places, kept["parameters"])
    return replace(checkpoint, parameters=parameters, optimizer=optimizer, surgery={})


def _rooms(optimizer: dict[str, Tensor]) -> dict[str, Tensor]:
    return {f"optimizer.{name}": tensor for name, tensor in optimizer.items()}


def _spots(network: Graph, edit: Edit) -> list[tuple[int, tuple[Any, ...]]]:
    """The numbers an edit is done to, (parameter, index behind the replicas')."""
    step = _step(network, edit.layer)
    node = step.node
    assert isinstance(node, Dense)
    width = node.specs[0].shape[-1]
    copy, unit = divmod(edit.unit, width)
    lead = (copy,) if node.copies else ()
    if edit.op == "off":
        return _off(network, step, node, copy, unit)
    return [(node.first + (edit.input is None), (*lead, edit.input or 0, unit))]


def _off(network: Graph, step: Step, node: Dense, copy: int, unit: int) -> list[tuple[int, tuple[Any, ...]]]:
    """The weights that go out of a unit; where mixtures read it, those that go into it."""
    if step.place in network.outputs.values():
        raise UserError("A unit that is switched off should be read by others.", "a task's answer", "Cut its links instead.")
    readers = [reader.node for reader in network.steps if step.place in reader.inputs]
    dense = [reader for reader in readers if isinstance(reader, Dense) and (not node.copies or reader.copies == node.copies)]
    if readers and len(dense) == len(readers):
        return [(reader.first, _row(reader, node, copy, unit)) for reader in dense]
    lead = (copy,) if node.copies else ()
    if not _silent(node):
        fix = "Use an activation that is 0 at 0, such as ReLU or tanh, or cut its links."
        raise UserError("A unit that a mixture reads should say 0 when nothing comes in.", f"“{node.activation.TITLE}”", fix)
    # weight, bias, and where there is a batch norm its scale and shift: all with the unit as the last axis
    return [(node.first + at, (*lead, slice(None), unit)) for at in range(4 if node.layer.batch_norm else 2)]


def _row(reader: Dense, node: Dense, copy: int, unit: int) -> tuple[Any, ...]:
    """Where in the weight of a layer that reads the unit its row stands; in a bank, in every copy that reads it."""
    if not reader.copies:
        return (unit,)
    return (copy if node.copies else slice(None), unit)


def _silent(node: Dense) -> bool:
    """Whether a unit says 0 once nothing comes in."""
    if node.is_output or node.layer.batch_norm and node.layer.norm_last:
        return True
    learned = [torch.ones(1, 1, 1) for _ in getattr(node.activation, "LEARNED", {})]
    return not bool(node.activation.forward(torch.zeros(1, 1, 1), node.params, *learned).any())


def _step(network: Graph, layer: Any) -> Step:
    layers = {step.node.name: step for step in network.steps if isinstance(step.node, Dense)}
    if not isinstance(layer, str) or layer not in layers:
        raise UserError(f"A layer should be one of {', '.join(layers)}.", _shown(layer), "Choose one that is there.")
    return layers[layer]


def _unit(network: Graph, layer: Any, unit: Any) -> tuple[Dense, int]:
    """The layer, and the unit counted through all copies of a bank."""
    name, at, copy = layer.partition("@") if isinstance(layer, str) else (layer, "", "")
    node = _step(network, name).node
    assert isinstance(node, Dense)
    width = node.specs[0].shape[-1]
    if not at:
        _number(unit, width * max(node.copies, 1), "unit")
        return node, unit
    _number(unit, width, "unit")
    if not copy.isascii() or not copy.isdigit() or int(copy) >= node.copies:
        raise UserError(f"“{name}” has copies from 0 to {node.copies - 1}.", _shown(copy), "Choose one that is there.")
    return node, int(copy) * width + unit


def _number(value: Any, count: int, what: str) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < count:
        fix = "Choose one that is there."
        raise UserError(
            f"The number of a{'n' if what == 'input' else ''} {what} should be from 0 to {count - 1}.", _shown(value), fix
        )


def _name(layer: str, columns: tuple[str, ...]) -> str:
    """“shared layer 1”, “sin(x), layer 2”, “sin(x), answers”."""
    part = part_of(layer)
    if part is None:
        return layer
    if part.kind == "trunk":
        return f"shared layer {part.words}"
    what = f"layer {part.words}" if part.kind in ("tower", "own") else part.words
    return what if part.task is None else f"{columns[part.task]}, {what}"


def _shown(value: Any) -> str:
    text = f"“{value}”" if isinstance(value, str) else repr(value)
    return text if len(text) <= 60 else text[:59] + "…"

"""What the sharing has learned: weights of gates, matrices of stitches, how far the tasks' own copies of a layer lie apart.

Read off the steps of the network, whatever architecture they make. Knows nothing of losses, gradients or pictures. Lists of
plain numbers are over lanes.
"""

import re
from typing import Any

import torch
from torch import Tensor

from core.network.graph import Graph, Saved, Step
from core.network.mixing import Blend, Join, Mixture, Sigmoid, Softmax, Stitch
from core.network.naming import part_of
from core.network.selecting import Selection
from core.network.ties import alike

MOST, LARGEST, UNITS = 400, 12, 16
"""The most numbers of gates in one look, over all gates, and of masks; rows of a stitch's matrix; units of a mask."""
JOINED = re.compile(r"^join(\d+)$")
"""Where a task hears what those before it have said."""


def learned(network: Graph, saved: Saved, parameters: list[Tensor]) -> dict[str, list[dict[str, Any]]] | None:
    """What there is of these, else None. saved: of a forward pass at rest over the rows to look at.

    - gates: `task` (None: of all tasks) and `level` (None without levels), `shared` (how many of its experts, the first, are
      for all) and per expert `mean` (its weight, mean over rows, which add up to 1) and `first` (the share of rows on which it
      has the largest weight).
    - stitches: `level`, `groups` per task, `size` of the matrix, and its `cells` row by row (to, from) as `value`.
    - skips: `task` and the `layers` that it blends, each its weight as `value`.
    - masks: `task`, `level`, `of` (how many units the layer has) and per unit, of the first, `value`: how much of it the task
      lets through, mean over rows.
    - feeds: per `task` that hears others, `from`: of the length of its first weights, squared, the `share` that lies on what
      each of these says (`task`; None: on the shared layers). They add up to 1.
    - apart: per layer `level` and `distance`: how far the tasks' matrices lie from their mean, over how long they are: 0 where
      they are one, sqrt(1 - 1/K) where K of them have nothing in common.
    """
    found = {
        "gates": _gates(network, saved),
        "stitches": [_stitch(step, parameters) for step in network.steps if isinstance(step.node, Stitch)],
        "skips": [_skip(step, parameters) for step in network.steps if isinstance(step.node, Blend)],
        "masks": _masks(network, saved),
        "feeds": _feeds(network, saved, parameters),
        "apart": _apart(network, parameters),
    }
    return {name: told for name, told in found.items() if told} or None


def _gates(network: Graph, saved: Saved) -> list[dict[str, Any]]:
    gates, numbers = [], 0
    for step in network.steps:
        if not isinstance(step.node, Softmax | Selection):
            continue
        weights = saved.values[step.place]
        numbers += 2 * weights.shape[-1]
        if numbers > MOST:
            break
        part = part_of(step.node.name.removesuffix(".weights"))
        most = torch.nn.functional.one_hot(weights.argmax(-1), weights.shape[-1]).float()
        gates.append(
            {
                "task": part.task if part else None,
                "level": part.at if part else None,
                "shared": _shared(network, step),
                "experts": [
                    {"mean": mean.tolist(), "first": first.tolist()}
                    for mean, first in zip(weights.mean(1).unbind(-1), most.mean(1).unbind(-1), strict=True)
                ],
            }
        )
    return gates


def _shared(network: Graph, gate: Step) -> int:
    """How many experts the first bank has that the gate weighs: those for all tasks."""
    return next(
        (step.node.banks[0] for step in network.steps if isinstance(step.node, Mixture) and step.inputs[0] == gate.place), 0
    )


def _stitch(step: Step, parameters: list[Tensor]) -> dict[str, Any]:
    node = step.node
    assert isinstance(node, Stitch)
    matrix = node.matrix(parameters)[:, :LARGEST, :LARGEST]
    part = part_of(node.name)
    cells = [{"value": cell.tolist()} for cell in matrix.flatten(1).unbind(1)]
    return {"level": part.at if part else None, "groups": node.groups, "size": matrix.shape[1], "cells": cells}


def _skip(step: Step, parameters: list[Tensor]) -> dict[str, Any]:
    node = step.node
    assert isinstance(node, Blend)
    part = part_of(node.name)
    layers = [{"value": weight.tolist()} for weight in node.weights(parameters)[:, 0].unbind(1)]
    return {"task": part.task if part else None, "layers": layers}


def _masks(network: Graph, saved: Saved) -> list[dict[str, Any]]:
    found = []
    steps = [step for step in network.steps if isinstance(step.node, Sigmoid)]
    for step in steps[: MOST // UNITS]:
        part = part_of(step.node.name)
        values = saved.values[step.place].mean(1)
        units = [{"value": value.tolist()} for value in values[:, :UNITS].unbind(-1)]
        found.append(
            {"task": part.task if part else None, "level": part.at if part else None, "of": values.shape[-1], "units": units}
        )
    return found


def _feeds(network: Graph, saved: Saved, parameters: list[Tensor]) -> list[dict[str, Any]]:
    """Of what stands before a task's first layer: the last shared layer, then the answers of the tasks before it."""
    found = []
    for step in network.steps:
        part = JOINED.match(step.node.name) if isinstance(step.node, Join) else None
        reader = next((each for each in network.steps if part and step.place in each.inputs and each.node.specs), None)
        if part is None or reader is None or reader.node.first is None:
            continue
        widths = [saved.values[place].shape[-1] for place in step.inputs]
        lengths = [block.square().sum((1, 2)) for block in parameters[reader.node.first].split(widths, 1)]
        total = torch.stack(lengths).sum(0).clamp(min=1e-30)
        sources = [None, *range(len(widths) - 1)]
        told = [{"task": task, "share": (length / total).tolist()} for task, length in zip(sources, lengths, strict=True)]
        found.append({"task": int(part[1]), "from": told})
    return found


def _apart(network: Graph, parameters: list[Tensor]) -> list[dict[str, Any]]:
    """Of layers that every task has a copy of: matrices alone."""
    found = []
    for places in alike(network.specs, tuple(network.outputs), "own"):
        part = part_of(network.specs[places[0]].name.rpartition(".")[0])
        if not network.specs[places[0]].matrix or len(places) < 2 or part is None:
            continue
        stack = torch.stack([parameters[place].flatten(1) for place in places], 1).double()
        spread = (stack - stack.mean(1, keepdim=True)).square().sum((1, 2))
        length = stack.square().sum((1, 2)).clamp(min=1e-300)
        found.append({"level": part.at, "distance": (spread / length).sqrt().tolist()})
    return found

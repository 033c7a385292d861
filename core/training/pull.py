"""How hard each task's loss pulls at the units of shared layers, over a few training rows of the first replica.

The length of a loss's gradient by the weights and the bias into a unit. It is worked out for the units that are asked for, from
what a layer was told and what came back to its sums; the gradient by all the weights is never made. Knows nothing of pictures.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from core.data.dataset import Dataset
from core.experiment import Experiment
from core.losses import loss_of
from core.network.graph import Graph
from core.network.layer import Dense, Pass
from core.network.parameters import views
from core.network.sharing import shared
from core.training.batches import pick
from core.training.step import average

ROWS, FEWER, LARGE, LEAST = 64, 12, 100_000, 4
"""So many training rows, or fewer where there are that many shared weights; and so many at least of which a task's answer is
known."""

Array = np.ndarray[Any, Any]


class Place(NamedTuple):
    """A layer, or one copy of a bank: the value that it gives, and which copy."""

    value: int
    copy: int


class Probe(NamedTuple):
    """The rows `[1, row, feature]`; of each task their answers `[1, row]`, and which are known, None for all."""

    features: Tensor
    answers: list[Tensor]
    labelled: list[Tensor | None]
    known: tuple[Tensor, ...]


def rows_for(network: Graph) -> int:
    """By how many training rows a network's pulls are measured; 0 where there are none."""
    if len(network.outputs) < 2 or not any(isinstance(step.node, Dense) for step in network.shared):
        return 0
    return ROWS if sum(spec.size for spec in network.specs[: shared(network.specs)]) < LARGE else FEWER


def probe(dataset: Dataset, count: int) -> Probe:
    """Up to `count` training rows of the first split, evenly spread; and more where a task's answer is known in few of them, so
    that each task has its share."""
    rows = _rows(dataset, count).unsqueeze(0)
    here = [target.labelled[rows] for target in dataset.targets]
    return Probe(
        pick(dataset.features[:1], rows),
        [pick(target.values[:1], rows) for target in dataset.targets],
        [None if each.all() else each.float() for each in here],
        dataset.known,
    )


def _rows(dataset: Dataset, count: int) -> Tensor:
    train = dataset.train[0]
    rows = train[_evenly(len(train), count)]
    share = max(count // len(dataset.targets), min(LEAST, count))
    for target in dataset.targets:
        own = train[target.labelled[train]]
        lacks = min(share, len(own)) - int(target.labelled[rows].sum())
        if lacks > 0:
            others = own[~torch.isin(own, rows)]
            rows = torch.cat([rows, others[_evenly(len(others), lacks)]])
    return rows


def _evenly(among: int, count: int) -> Tensor:
    return torch.linspace(0, among - 1, min(count, among)).long()


def pulls(
    experiment: Experiment, network: Graph, run: Pass, seen: Probe, units: Mapping[Place, list[int]]
) -> dict[Place, Array]:
    """`[task, unit]` for those of the places that are shared layers, of the units that are named."""
    if not seen.features.shape[1]:
        return {}
    own = [block[:1] for block in run.parameters]
    buffers = {name: block[:1] for name, block in run.buffers.items()}
    dice = torch.Generator().manual_seed(0)
    outputs, saved = network.forward(seen.features, Pass(own, buffers, train=True, remember=False, generator=dice))
    grads = []
    for task, output, answers, labelled, known in zip(
        experiment.tasks, outputs, seen.answers, seen.labelled, seen.known, strict=True
    ):
        module, params = loss_of(task)
        grads.append(average(module.rows(output, answers, params, known), labelled)[1])
    common = network.specs[: shared(network.specs)]
    scratch = views(torch.empty(sum(spec.size for spec in network.specs)), network.specs, 1)
    apart = views(torch.empty(len(outputs), sum(spec.size for spec in common)), common, 1)
    deltas = network.deltas(grads, saved, own, scratch, apart)
    return {place: _length(*deltas[place.value], place.copy, each) for place, each in units.items() if place.value in deltas}


def _length(said: Tensor, delta: Tensor, copy: int, units: list[int]) -> Array:
    """said `[copy, row, input]`, delta `[task, copy, row, unit]`."""
    x, by_sum = said[copy].numpy(), delta[:, copy].numpy().take(units, -1)
    tasks, rows, count = by_sum.shape
    by_weight = x.T @ by_sum.transpose(1, 0, 2).reshape(rows, tasks * count)
    length = np.sqrt(np.einsum("in,in->n", by_weight, by_weight) + by_sum.sum(1).ravel() ** 2)
    return length.reshape(tasks, count)

"""Cuts the training rows into batches `[replica, row, ...]`, from any step on.

Knows nothing of networks. Where every batch trains all tasks, an epoch's order depends on the document's seed, the replica and
the epoch alone, so it can be made again in any process: nothing of it needs to be kept. Else see `core.training.turns`.
"""

from collections.abc import Iterator
from typing import NamedTuple

import torch
from torch import Tensor

from core.data.dataset import Dataset
from core.experiment import Experiment
from core.network.parameters import generator
from core.training.turns import State, Turns

CHUNK = 4_000_000


class Batch(NamedTuple):
    """features `[replica, row, feature]`; per task targets and labelled (None: all are) `[replica, row]`.

    present `[replica, task]`: the tasks that it is to train, None for all.
    """

    features: Tensor
    targets: list[Tensor]
    labelled: list[Tensor | None]
    present: Tensor | None = None


class Batches:
    """state: what is known when an epoch begins, where each batch trains one task."""

    def __init__(self, experiment: Experiment, dataset: Dataset, state: State | None = None) -> None:
        self.experiment, self.dataset = experiment, dataset
        self.rows = dataset.train.shape[1]
        self.size = min(experiment.training.batch_size or self.rows, self.rows)
        self.per_epoch = -(-self.rows // self.size)
        self.turns = Turns(experiment, dataset, self.size, self.per_epoch, state)
        self.complete = [bool(target.labelled[dataset.train].all()) for target in dataset.targets]
        self._whole: Batch | None = None
        self._some: Batch | None = None

    def epoch(self, epoch: int, first: int, trained: Tensor | None = None) -> Iterator[Batch]:
        """The batches of an epoch (from 0), from its batch `first` on. trained `[lane, task]`: which tasks may train."""
        if self.turns.by_task:
            yield from self._by_task(epoch, first, trained)
            return
        if self.size == self.rows:
            self._whole = self._whole or self._gather(
                self.dataset.train[: self.experiment.replicas].expand(self.experiment.replicas, -1)
            )
            yield self._whole
            return
        order = self._order(epoch)
        span = self._span()
        for chunk in range(first, self.per_epoch, span):
            gathered = self._gather(order[:, chunk * self.size : (chunk + span) * self.size])
            for start in range(0, gathered.features.shape[1], self.size):
                rows = slice(start, start + self.size)
                yield Batch(
                    gathered.features[:, rows],
                    [target[:, rows] for target in gathered.targets],
                    [mask if mask is None else mask[:, rows] for mask in gathered.labelled],
                )

    def _by_task(self, epoch: int, first: int, trained: Tensor | None) -> Iterator[Batch]:
        plan = self.turns.plan(epoch, trained)
        order, counted = self.turns.rows(plan)
        tasks = torch.arange(len(self.dataset.targets))
        span = self._span()
        for chunk in range(first, self.per_epoch, span):
            gathered = self._gather(order[:, chunk * self.size : (chunk + span) * self.size])
            for batch in range(chunk, min(chunk + span, self.per_epoch)):
                rows = slice((batch - chunk) * self.size, (batch - chunk + 1) * self.size)
                present = self._for_twins(plan[:, batch, None] == tasks)
                counts = self._for_twins(torch.arange(self.size) < counted[:, batch, None])
                yield Batch(
                    gathered.features[:, rows],
                    [target[:, rows] for target in gathered.targets],
                    [counts & present[:, task, None] for task in tasks.tolist()],
                    present,
                )

    def _span(self) -> int:
        """How many batches are gathered at once."""
        return max(1, CHUNK // (self.experiment.lanes * self.size * max(1, self.dataset.features.shape[-1])))

    def some(self, count: int) -> Batch:
        """At most `count` of the training rows, evenly taken, the same each time."""
        if self._some is None:
            places = torch.linspace(0, self.rows - 1, min(count, self.rows)).long()
            self._some = self._gather(
                self.dataset.train[: self.experiment.replicas, places].expand(self.experiment.replicas, -1)
            )
        return self._some

    def _order(self, epoch: int) -> Tensor:
        """Row numbers `[replica, row]` of the table, in this epoch's order."""
        train, seed = self.dataset.train, self.experiment.seed
        replicas = self.experiment.replicas
        orders = [
            train[min(replica, len(train) - 1)][torch.randperm(self.rows, generator=generator("order", seed, replica, epoch))]
            for replica in range(replicas)
        ]
        return torch.stack(orders)

    def _gather(self, rows: Tensor) -> Batch:
        data = self.dataset
        return Batch(
            self._for_twins(pick(data.features[: len(rows)], rows)),
            [self._for_twins(pick(target.values[: len(rows)], rows)) for target in data.targets],
            [
                None if whole else self._for_twins(target.labelled[rows])
                for whole, target in zip(self.complete, data.targets, strict=True)
            ],
        )

    def _for_twins(self, values: Tensor) -> Tensor:
        """The same once more for the twins, where there are any."""
        lanes = self.experiment.lanes
        if len(values) == lanes:
            return values
        return values.expand(lanes, *values.shape[1:]) if len(values) == 1 else torch.cat([values, values])


def pick(values: Tensor, rows: Tensor) -> Tensor:
    """`[replica, row, ...]`: of values `[split, all rows, ...]` those that `rows` `[replica, row]` names."""
    if values.shape[0] == 1:
        return values[0][rows]
    return values[torch.arange(len(rows)).unsqueeze(1), rows]

"""Losses and metrics of a checkpoint on training or validation rows. Changes nothing, draws no random number.

Knows nothing of steps or pictures.
"""

from typing import Any

import torch
from torch import Tensor

from core.data.dataset import Dataset
from core.experiment import Experiment
from core.losses import answer, loss_of
from core.network.graph import Graph
from core.network.layer import Pass
from core.training.batches import pick
from core.training.metrics import score
from core.training.step import average

CHUNK = 20_000
WORDS = 400_000
"""So many words of texts are read at once: each leaves some hundred numbers in the network."""

Scores = list[dict[str, list[float]]]


def outputs_of(network: Graph, run: Pass, features: Tensor, replicas: int) -> list[Tensor]:
    """Every task's outputs `[replica, row, output]` for features `[split, row, feature]`, at rest (no dropout)."""
    return passed(network, run, features, replicas)[0]


def passed(network: Graph, run: Pass, features: Tensor, replicas: int) -> tuple[list[Tensor], Any]:
    """The outputs, and what the forward pass of the first 20,000 rows left inside the network."""
    parts, inner = [], None
    rows = CHUNK if not network.reads else max(1, min(CHUNK, WORDS // (features.shape[-1] * replicas)))
    for chunk in features.split(rows, dim=1):
        found, saved = network.forward(chunk.expand(replicas, -1, -1), run)
        inner = saved if inner is None else inner
        parts.append(found)
    return [torch.cat(task, 1) if len(task) > 1 else task[0] for task in zip(*parts, strict=True)], inner


def answers(experiment: Experiment, dataset: Dataset, outputs: list[Tensor]) -> list[Tensor]:
    """What every task's outputs `[replica, row, output]` say, whatever its loss makes of them: see `core.losses`."""
    return [
        answer(loss_of(task), output, dataset.known[number])
        for number, (task, output) in enumerate(zip(experiment.tasks, outputs, strict=True))
    ]


class Evaluator:
    """What stays the same from look to look: rows, answers, losses."""

    def __init__(self, experiment: Experiment, dataset: Dataset, network: Graph) -> None:
        self.experiment, self.dataset, self.network = experiment, dataset, network
        self.losses = [loss_of(task) for task in experiment.tasks]
        self.counts = dataset.known
        self._features: dict[str, Tensor] = {}

    def features(self, part: str) -> Tensor:
        if part not in self._features:
            self._features[part] = pick(self.dataset.features, self.dataset.rows(part))
        return self._features[part]

    def outputs(self, part: str, parameters: list[Tensor], buffers: dict[str, Tensor]) -> list[Tensor]:
        """What the network says of the rows of a part, per task `[replica, row, output]`, in the form of `answers`."""
        outputs = outputs_of(self.network, Pass(parameters, buffers), self.features(part), self.experiment.lanes)
        return answers(self.experiment, self.dataset, outputs)

    def look(self, part: str, parameters: list[Tensor], buffers: dict[str, Tensor]) -> tuple[Tensor, Scores, Any]:
        """Task losses `[replica, task]`; per task loss and every metric as lists over replicas; and what `passed` left."""
        rows = self.dataset.rows(part)
        losses, scores = [], []
        outputs, inner = passed(self.network, Pass(parameters, buffers), self.features(part), self.experiment.lanes)
        for task, output in enumerate(outputs):
            target = self.dataset.targets[task]
            loss = self._loss(task, output, rows)
            losses.append(loss)
            found: dict[str, Any] = {"loss": loss, **score(target, answer(self.losses[task], output, self.counts[task]), rows)}
            if target.kind == "regression":
                found["loss_units"] = loss * target.scale ** self.losses[task][0].POWER
            scores.append({name: values.tolist() for name, values in found.items()})
        return torch.stack(losses, 1), scores, inner

    def _loss(self, task: int, output: Tensor, rows: Tensor) -> Tensor:
        """`[replica]`; NaN where no row has a label: a loss of 0 would look like a perfect one."""
        target, (module, params) = self.dataset.targets[task], self.losses[task]
        answers = pick(target.values, rows).expand(len(output), -1)
        labelled = target.labelled[rows]
        found = module.rows(output, answers, params, self.counts[task])
        if labelled.numel() and bool(labelled.all()):
            return average(found, None)[0]
        return torch.where(labelled.any(1), average(found, labelled.expand(len(output), -1))[0], torch.nan)

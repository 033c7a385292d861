"""One training step for all replicas at once: forward, losses, weights, backward, update.

Knows nothing of epochs, records or slices. It serves what a weighting scheme declares it needs and never looks at its name.
"""

from typing import Any

import torch
from torch import Tensor

from core.data.dataset import Dataset
from core.experiment import Training
from core.losses import Rows, loss_of
from core.network.layer import Pass
from core.network.parameters import matrices, per_replica, views
from core.network.sharing import shared
from core.training.batches import Batch
from core.training.checkpoint import Checkpoint, architecture, copied, restored
from core.training.optimizers import OPTIMIZERS
from core.training.schedules import SCHEDULES
from core.weighting import Signal, scheme_of


class Stepper:
    """A checkpoint unrolled for stepping: it copies the checkpoint's tensors and changes only its copies."""

    def __init__(self, checkpoint: Checkpoint, dataset: Dataset, steps: int) -> None:
        experiment = self.experiment = checkpoint.experiment
        self.replicas, self.steps, self.step = experiment.lanes, steps, checkpoint.step
        self.network = architecture(experiment, dataset)
        self.losses = [loss_of(task) for task in experiment.tasks]
        self.counts = [class_counts(dataset, task) for task in range(len(dataset.targets))]
        self.flat = checkpoint.parameters.clone()
        self.grad = torch.zeros_like(self.flat)
        self.optimizer_state, self.scheme_state = copied(checkpoint.optimizer), copied(checkpoint.scheme)
        self.generator = restored(checkpoint.generator)
        self.parameters = views(self.flat, self.network.specs, self.replicas)
        self.gradients = views(self.grad, self.network.specs, self.replicas)
        self.moved = False  # whether `grad` is the gradient of a step
        self.run = Pass(self.parameters, copied(checkpoint.buffers), train=True, generator=self.generator)
        training: Training = experiment.training
        self.optimizer, self.optimizer_params = OPTIMIZERS.resolve(training.optimizer.name, training.optimizer.params)
        self.schedule, self.schedule_params = SCHEDULES.resolve(training.schedule.name, training.schedule.params)
        self.scheme, self.scheme_params = scheme_of(experiment.weighting)
        self.weights = torch.ones(self.replicas, len(experiment.tasks))
        self.decay = matrices(self.network.specs, self.replicas) if training.l1 or training.l2 else None
        self.jacobian = self._jacobian(len(experiment.tasks)) if self.scheme.NEEDS & {"gramian", "jacobian"} else None

    def _jacobian(self, tasks: int) -> list[Tensor]:
        own = self.network.specs[: shared(self.network.specs)]
        size = self.replicas * sum(spec.size for spec in own)
        return views(torch.zeros(tasks, size), own, self.replicas)

    def rate(self) -> float:
        """The learning rate of the coming step."""
        return self.experiment.training.learning_rate * self.schedule.factor(self.step, self.steps, self.schedule_params)

    def take(self, batch: Batch, epoch: int) -> Tensor:
        """Moves the parameters by one step. Returns the batch's task losses before it, `[replica, task]`."""
        after = "losses_after" in self.scheme.NEEDS
        dice = self.generator.get_state() if after else None
        outputs, saved = self.network.forward(batch.features, self.run)
        values, grads = [], []
        for task, output in enumerate(outputs):
            value, grad = self._loss(task, output, batch)
            values.append(value)
            grads.append(grad)
        losses = torch.stack(values, 1)
        if self.jacobian is None:
            self._weigh(losses, epoch)
            grads = [grad * self.weights[:, task, None, None] for task, grad in enumerate(grads)]
            self.network.backward(grads, saved, self.parameters, self.gradients)
        else:
            self._through_jacobian(grads, saved, losses, epoch)
        self._update()
        if dice is not None:
            self._look_after(batch, dice, losses)
        return losses

    def _loss(self, task: int, output: Tensor, batch: Batch) -> tuple[Tensor, Tensor]:
        module, params = self.losses[task]
        rows: Rows = module.rows(output, batch.targets[task], params, self.counts[task])
        return average(rows, batch.labelled[task])

    def _weigh(self, losses: Tensor, epoch: int, gramian: Tensor | None = None) -> None:
        signal = Signal(losses, gramian, self.jacobian, self.step, epoch, self.generator)
        self.weights, self.scheme_state = self.scheme.weigh(self.scheme_params, self.scheme_state, signal)

    def _through_jacobian(self, grads: list[Tensor], saved: Any, losses: Tensor, epoch: int) -> None:
        blocks: list[Tensor] = self.jacobian or []
        self.network.backward(grads, saved, self.parameters, self.gradients, blocks)
        tasks = losses.shape[1]
        gramian = torch.zeros(self.replicas, tasks, tasks)
        for block in blocks:
            rows = block.flatten(2).transpose(0, 1)
            gramian += rows @ rows.transpose(1, 2)
        self._weigh(losses, epoch, gramian)
        for block, into in zip(blocks, self.gradients, strict=False):
            into.copy_(torch.einsum("rk,krm->rm", self.weights, block.flatten(2)).view_as(into))
        columns = self.experiment.columns
        for spec, into in zip(self.network.specs[len(blocks) :], self.gradients[len(blocks) :], strict=True):
            into *= self.weights[:, columns.index(spec.owner), None, None]

    def _update(self) -> None:
        training = self.experiment.training
        if self.decay is not None:
            if training.l2:
                self.grad.addcmul_(self.flat, self.decay, value=training.l2)
            if training.l1:
                self.grad.addcmul_(self.flat.sign(), self.decay, value=training.l1)
        if training.clip is not None:
            norm = per_replica(self.grad.square(), self.network.specs, self.replicas).sqrt()
            factor = (training.clip / (norm + 1e-6)).clamp(max=1.0)
            for block in self.gradients:
                block *= factor[:, None, None]
        rate = self.rate()
        self.step += 1
        self.moved = True
        self.optimizer.update(self.flat, self.grad, self.optimizer_state, self.optimizer_params, rate, self.step)

    def _look_after(self, batch: Batch, dice: Tensor, before: Tensor) -> None:
        """The same batch, the same dropped units, after the step; leaves generator and running statistics alone."""
        run = Pass(self.parameters, self.run.buffers, train=True, remember=False, generator=restored(dice))
        outputs, _ = self.network.forward(batch.features, run)
        after = torch.stack([self._loss(task, output, batch)[0] for task, output in enumerate(outputs)], 1)
        self.scheme_state = self.scheme.after(self.scheme_params, self.scheme_state, before, after)

    def checkpoint(self) -> Checkpoint:
        return Checkpoint(
            self.experiment,
            self.flat.clone(),
            copied(self.run.buffers),
            copied(self.optimizer_state),
            copied(self.scheme_state),
            self.generator.get_state(),
            self.step,
        )


def average(rows: Rows, labelled: Tensor | None) -> tuple[Tensor, Tensor]:
    """Loss `[replica]` over the labelled rows, and its gradient by the output; both 0 where no row has a label."""
    value, gradient, weight = rows
    if labelled is None and weight is None:
        share = 1.0 / value.shape[1]
        return value.sum(1).mul_(share), gradient * share
    weight = torch.ones_like(value) if weight is None else weight
    if labelled is not None:
        value, weight = value * labelled, weight * labelled
        gradient = gradient * labelled.unsqueeze(-1)
    total = weight.sum(1)
    shares = torch.where(total > 0, 1.0 / total.clamp(min=1e-12), 0.0)
    return value.sum(1) * shares, gradient * shares[:, None, None]


def class_counts(dataset: Dataset, task: int) -> Tensor:
    """Labelled training rows per class `[class]` (of the first split); empty for regression."""
    target = dataset.targets[task]
    if target.kind == "regression":
        return torch.zeros(0)
    rows = dataset.train[0][target.labelled[dataset.train[0]]]
    return torch.bincount(target.values[0][rows].long(), minlength=max(2, len(target.classes))).float()

"""One training step for all replicas at once: forward, losses, weights, backward, update.

Knows nothing of epochs, records or slices. It serves what a weighting scheme declares it needs and never looks at its name.
"""

from functools import cache
from typing import Any

import numpy as np
import torch
from torch import Tensor

from core.data.dataset import Dataset
from core.experiment import Training
from core.losses import Rows, answer, loss_of
from core.network.graph import Graph
from core.network.layer import Pass
from core.network.parameters import Spec, matrices, per_replica, views
from core.network.sharing import shared
from core.training import absent, fade
from core.training.batches import Batch
from core.training.checkpoint import Checkpoint, architecture, copied, restored, tensors_of
from core.training.optimizers import OPTIMIZERS
from core.training.schedules import SCHEDULES
from core.training.timeline import course_of
from core.weighting import Dice, Signal, Weighed, tree_of

HUGE, LARGEST = 1e30, 3e38


class Stepper:
    """A checkpoint unrolled for stepping: it copies the checkpoint's tensors and changes only its copies."""

    def __init__(self, checkpoint: Checkpoint, dataset: Dataset, steps: int) -> None:
        experiment = self.experiment = checkpoint.experiment
        self.replicas, self.steps, self.step = experiment.lanes, steps, checkpoint.step
        self.network = architecture(experiment, dataset)
        self.losses = [loss_of(task) for task in experiment.tasks]
        self.kinds = [task.kind for task in experiment.tasks]
        self.counts = dataset.known
        self.flat = checkpoint.parameters.clone()
        self.grad = torch.zeros_like(self.flat)
        self.optimizer_state = copied(checkpoint.optimizer)
        self.generator = restored(checkpoint.generator)
        self.parameters = views(self.flat, self.network.specs, self.replicas)
        self.gradients = views(self.grad, self.network.specs, self.replicas)
        network = experiment.network
        self.drops = any(layer.dropout for layers in (network.trunk, *network.towers.values()) for layer in layers)
        self.warm = False  # whether the step is one of the warm-up
        self.moved = False  # whether `grad` is the gradient of a step
        self.run = Pass(self.parameters, copied(checkpoint.buffers), train=True, generator=self.generator)
        training: Training = experiment.training
        self.optimizer, self.optimizer_params = OPTIMIZERS.resolve(training.optimizer.name, training.optimizer.params)
        self.schedule, self.schedule_params = SCHEDULES.resolve(training.schedule.name, training.schedule.params)
        self.scheme = tree_of(experiment)
        self.needs = self.scheme.needs
        self.scheme_state = {name: tensor.numpy().copy() for name, tensor in checkpoint.scheme.items()}
        per_epoch = steps / experiment.training.epochs
        self.course = course_of(experiment, self.network, checkpoint.timeline, self.step, per_epoch)
        self.present: Tensor | None = None  # tasks that train in the step `[lane, task]`, None for all
        self.dice = Dice(experiment.seed, [lane % experiment.replicas for lane in range(self.replicas)])
        self.weights = torch.ones(self.replicas, len(experiment.tasks))
        self.groups = torch.ones(self.replicas, len(self.scheme.groups))  # their effective weights
        self.still: frozenset[str] = frozenset()  # tasks whose own layers do not move in the step
        self.l1, self.l2 = penalties(training, self.network.specs, self.replicas)
        self.shared = shared(self.network.specs)
        self.jacobian = Jacobian(self.network, self.replicas, len(experiment.tasks), self.scheme.where == "last")

    def rate(self) -> float:
        """The learning rate of the coming step."""
        return self.experiment.training.learning_rate * self.schedule.factor(self.step, self.steps, self.schedule_params)

    def take(self, batch: Batch, epoch: int) -> Tensor:
        """Moves the parameters by one step. Returns the batch's task losses before it, `[replica, task]`."""
        after = "losses_after" in self.needs
        dice = self.generator.get_state() if after and self.drops else None
        self._begin(batch, epoch)
        outputs, saved = self._forward(batch)
        values, grads = [], []
        for task, output in enumerate(outputs):
            value, grad = self.loss(task, output, batch)
            values.append(value)
            grads.append(grad)
        losses = torch.stack(values, 1)
        if self.present is not None:
            losses = torch.where(self.present, losses, 0.0)
            grads = [torch.where(here[:, None, None], grad, 0.0) for here, grad in zip(self.present.t(), grads, strict=True)]
        score = self._score(outputs, batch) if "score" in self.needs else None
        if self.scheme.balances and self.shared and not self.warm:
            self._balance(grads, saved, losses, epoch, score)
        else:
            self._weigh(losses, epoch, None if not self.scheme.balances else self._nothing(), score)
            grads = [grad * self.weights[:, task, None, None] for task, grad in enumerate(grads)]
            self._share(self.network.backward_own(grads, saved, self.parameters, self.gradients).sum(0), saved)
        self._update()
        if after and not self.warm:
            self._look_after(batch, dice, losses)
        return losses

    def trained(self, epoch: int) -> Tensor | None:
        """The tasks that may train in an epoch `[lane, task]`, None for all."""
        if self.course is None:
            return None
        self.course.begin(epoch)
        return self.course.present(None)

    def _begin(self, batch: Batch, epoch: int) -> None:
        here = [tasks for tasks in (self.trained(epoch), batch.present) if tasks is not None]
        self.present = here[0] & here[-1] if here else None
        self.warm = self.course is not None and self.course.warm(epoch)

    def _forward(self, batch: Batch) -> tuple[list[Tensor], Any]:
        """Frozen layers keep their running statistics."""
        frozen = self.course.buffers if self.course is not None else []
        kept = [(name, lanes, self.run.buffers[name][lanes]) for name, lanes in frozen]
        found = self.network.forward(batch.features, self.run)
        for name, lanes, before in kept:
            self.run.buffers[name][lanes] = before
        return found

    def loss(self, task: int, output: Tensor, batch: Batch) -> tuple[Tensor, Tensor]:
        """A task's loss on a batch `[replica]`, and its gradient by the outputs."""
        module, params = self.losses[task]
        rows: Rows = module.rows(output, batch.targets[task], params, self.counts[task])
        return average(rows, batch.labelled[task])

    def _score(self, outputs: list[Tensor], batch: Batch) -> np.ndarray:
        """How well each task does on the batch, 0 to 1: share of right answers, or R2 (answers have variance 1)."""
        scores = np.empty((self.replicas, len(outputs)))
        for task, (kind, output, right, labelled) in enumerate(
            zip(self.kinds, outputs, batch.targets, batch.labelled, strict=True)
        ):
            said, true = answer(self.losses[task], output, self.counts[task]).numpy(), right.numpy()
            if kind == "regression":
                scores[:, task] = np.maximum(_mean(1.0 - np.square(said[..., 0] - true), labelled), 0.0)
            elif said.shape[-1] > 1:
                scores[:, task] = _mean(said.argmax(-1) == true, labelled)
            else:
                scores[:, task] = _mean((said[..., 0] > 0.0) == (true > 0.5), labelled)
        return scores

    def _weigh(
        self, losses: Tensor, epoch: int, jacobian: np.ndarray | None = None, score: np.ndarray | None = None
    ) -> Weighed:
        gramian = None
        if jacobian is not None:
            wide = jacobian.astype(np.float64)  # lengths of 1e-20 and 1e20 have squares
            gramian = wide @ wide.transpose(0, 2, 1)
        weighed = self._scheme(Signal(losses.double().numpy(), gramian, jacobian, score, self.step, epoch, self.dice))
        self.scheme_state = weighed.state
        if weighed.groups is not None:
            self.groups = torch.from_numpy(weighed.groups).float()
        if self.present is not None and jacobian is not None:
            weighed = absent.returned(weighed, self.present.numpy())
        elif self.course is not None and not self.course.all_train:
            weighed = absent.without(weighed, self.course.trained.numpy())
        weighed = self._left(weighed, epoch)
        self.weights = _narrow(weighed.weights)
        return weighed

    def _scheme(self, signal: Signal) -> Weighed:
        """What the scheme says, which counts its steps from the end of the warm-up on; ones before that."""
        if self.course is None:
            return self.scheme.weigh(self.scheme_state, signal)
        if self.warm:
            ones = np.ones_like(signal.losses)
            return Weighed(ones, self.scheme_state, own=ones, groups=np.ones((self.replicas, len(self.scheme.groups))))
        step, epoch = signal.step - self.course.warm_steps, signal.epoch - self.course.timeline.warm_up
        return self.scheme.weigh(self.scheme_state, signal._replace(step=step, epoch=epoch))

    def _left(self, weighed: Weighed, epoch: int) -> Weighed:
        """The weights with what is left of each task that fades; of a direction that is no weighted sum, the nearest one."""
        self.still = frozenset()
        shares = fade.shares(self.experiment.tasks, epoch)
        if shares is not None:
            tasks = zip(self.experiment.tasks, shares, strict=True)
            self.still = frozenset(task.column for task, share in tasks if share == 0.0)
        grown = None if self.course is None else self.course.factor(self.step)
        shares = grown if shares is None else shares if grown is None else shares * grown
        if shares is None:
            return weighed
        own = self.scheme.own(weighed)
        own = np.ones_like(weighed.weights) if own is None else own
        return weighed._replace(weights=weighed.weights * shares, direction=None, own=own * shares)

    def _nothing(self) -> np.ndarray:
        """The tasks' gradients by no shared parameters at all."""
        return np.zeros((self.replicas, len(self.losses), 0), np.float32)

    def _balance(self, grads: list[Tensor], saved: Any, losses: Tensor, epoch: int, score: np.ndarray | None) -> None:
        """The step of a scheme that looks at every task's own gradient, wherever it takes them."""
        meeting = self.network.backward_own(grads, saved, self.parameters, self.gradients)
        if self.scheme.where == "representation":
            rows = meeting.transpose(0, 1)
        else:
            self.network.backward_shared(meeting, saved, self.parameters, self.jacobian.blocks, self.jacobian.last)
            rows = self.jacobian.rows
        if self.present is not None:
            losses, rows = absent.lent(losses, rows, self.present)
        weighed = self._weigh(losses, epoch, rows.numpy(), score)
        direction = None if weighed.direction is None else torch.from_numpy(weighed.direction).float()
        if self.scheme.where == "all":
            total = self._sum(weighed.weights, rows) if direction is None else direction
            for block, part in zip(self.gradients[: self.shared], total.split(self.jacobian.sizes, 1), strict=True):
                block.copy_(part.view_as(block))
        elif direction is not None and self.scheme.where == "representation":
            self._share(direction, saved)
        else:
            self._share((meeting * self.weights.t().unsqueeze(-1)).sum(0), saved)
        own = self.scheme.own(weighed)
        if own is not None:
            columns, factors = self.experiment.columns, _narrow(own)
            for spec, block in zip(self.network.specs[self.shared :], self.gradients[self.shared :], strict=True):
                block *= factors[:, columns.index(spec.owner)].view(-1, *[1] * len(spec.shape))

    def _sum(self, weights: np.ndarray, rows: Tensor) -> Tensor:
        """The weighted sum of gradients `[replica, parameter]`; a weight that float32 has no room for meets a tiny gradient."""
        if np.abs(weights).max() < HUGE:
            return torch.bmm(self.weights.unsqueeze(1), rows)[:, 0]
        return torch.bmm(torch.from_numpy(weights).unsqueeze(1), rows.double())[:, 0].float()

    def _share(self, grad: Tensor, saved: Any) -> None:
        if self.shared:
            self.network.backward_shared(grad, saved, self.parameters, self.gradients)

    def _update(self) -> None:
        training = self.experiment.training
        course = self.course
        frozen = None if course is None or course.held is None else self.flat[course.held]
        if self.l2 is not None:
            self.grad.addcmul_(self.flat, self.l2)
        if self.l1 is not None:
            self.grad.addcmul_(self.flat.sign(), self.l1)
        if course is not None:
            course.ease(self.grad, self.gradients[: self.shared], self.step)
        if training.clip is not None:
            norm = per_replica(self.grad.square(), self.network.specs, self.replicas).sqrt()
            factor = (training.clip / (norm + 1e-6)).clamp(max=1.0)
            for block in self.gradients:
                block *= factor.view(-1, *[1] * (block.dim() - 1))
        held = [(block, block.clone()) for block in self._own(self.still)] if self.still else []
        rate = self.rate()
        self.step += 1
        self.moved = True
        if course is None:
            self.optimizer.update(self.flat, self.grad, self.optimizer_state, self.optimizer_params, rate, self.step)
        else:
            course.update(self.optimizer, self.flat, self.grad, self.optimizer_state, self.optimizer_params, rate)
        if self.network.ties is not None:
            self.network.ties.pull(self.parameters, rate)
        for block, before in held:
            block.copy_(before)
        if frozen is not None and course is not None and course.held is not None:
            self.flat[course.held] = frozen

    def _own(self, tasks: frozenset[str]) -> list[Tensor]:
        """The parameters of some tasks' own layers."""
        return [block for spec, block in zip(self.network.specs, self.parameters, strict=True) if spec.owner in tasks]

    def _look_after(self, batch: Batch, dice: Tensor | None, before: Tensor) -> None:
        """The same batch, the same dropped units, after the step; leaves generator and running statistics alone."""
        again = None if dice is None else restored(dice)
        run = Pass(self.parameters, self.run.buffers, train=True, remember=False, generator=again)
        outputs, _ = self.network.forward(batch.features, run)
        after = torch.stack([self.loss(task, output, batch)[0] for task, output in enumerate(outputs)], 1)
        after = after if self.present is None else torch.where(self.present, after, 0.0)
        self.scheme_state = self.scheme.after(self.scheme_state, before.double().numpy(), after.double().numpy())

    def checkpoint(self) -> Checkpoint:
        return Checkpoint(
            self.experiment,
            self.flat.clone(),
            copied(self.run.buffers),
            copied(self.optimizer_state),
            tensors_of(self.scheme_state),
            self.generator.get_state(),
            self.step,
            timeline={} if self.course is None else copied(self.course.state),
        )


class Jacobian:
    """Room for every task's gradient by the shared parameters, or by those of the last shared layer.

    rows `[replica, task, parameter]`; blocks: views of it `[task, replica, *shape]` in the order of the specs.
    """

    def __init__(self, network: Graph, replicas: int, tasks: int, last: bool = False) -> None:
        self.last = last
        specs = network.specs[: shared(network.specs)]
        specs = specs[network.last] if last else specs
        self.sizes = [spec.size for spec in specs]
        self.rows = torch.zeros(replicas, tasks, sum(self.sizes))
        places: list[Tensor] = [
            part.view(replicas, tasks, *spec.shape).transpose(0, 1)
            for part, spec in zip(self.rows.split(self.sizes, 2), specs, strict=True)
        ]
        before = network.last.start if last and places else 0  # layers find their place among all parameters
        self.blocks = [*self.rows.new_zeros(before).unbind(), *places]


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


def penalties(training: Training, specs: tuple[Spec, ...], replicas: int) -> tuple[Tensor | None, Tensor | None]:
    """What L1 and what L2 weigh every parameter with, flat; None where nothing."""
    pairs = ((training.l1, training.own_l1), (training.l2, training.own_l2))
    both = [(shared, shared if own is None else own) for shared, own in pairs]
    l1, l2 = (matrices(specs, replicas, *each) if any(each) else None for each in both)
    return l1, l2


def _narrow(weights: np.ndarray) -> Tensor:
    """In float32, whatever they are."""
    return torch.from_numpy(np.minimum(np.maximum(weights, -LARGEST), LARGEST)).float()


def _mean(right: np.ndarray, labelled: Tensor | None) -> np.ndarray:
    """The mean `[replica]` of what is right `[replica, row]` over the labelled rows, 0 where there is none."""
    each = _each(right.shape[1])  # a product takes a third of the time of a sum
    if labelled is None:
        return right.dot(each)
    known = labelled.numpy()
    return (right * known).dot(each) / np.maximum(known.dot(each), each[0])


@cache
def _each(rows: int) -> np.ndarray:
    return np.full(rows, 1.0 / rows)

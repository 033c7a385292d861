"""Training as a pure function: `advance(checkpoint, dataset, budget) -> (checkpoint, records)`.

Knows nothing of processes, speed or pages. Where a run is cut into slices never changes its result: one
slice of 50 epochs ends in the same bits as 50 slices of one.
"""

import time
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor

from core.data.dataset import Dataset
from core.network.parameters import per_replica, views
from core.training.batches import Batches
from core.training.checkpoint import Checkpoint, Failure, architecture, copied
from core.training.conflict import ROWS, pulls
from core.training.evaluate import Evaluator
from core.training.inside import health
from core.training.shared_view import learned
from core.training.step import Stepper

EXPLODED = 1e8
CHECK_EVERY = 25

Record = dict[str, Any]
"""One look: epoch, step, objective `[replica]`, weights `[replica][task]`, learning_rate, train and validation
(per task loss and metrics, each a list over replicas), layers (see `core.training.inside`), and where several tasks
share layers, pull (see `core.training.conflict`); where the architecture learns how to share, sharing (see
`core.training.shared_view`). Where tasks are in groups,
groups `[replica][group]`, their effective weights, the innermost first (`core.weighting.Tree.groups`).
Where each batch trains one task, batches `[replica][task]`, how many of the epoch's were each task's; where tasks may stop
early, stopped `[replica][task]`, the epoch after which one did, or None.
Where there are twins, `twin` holds all of this that is theirs."""


@dataclass(frozen=True)
class Budget:
    """When to stop at the latest: after so many steps, or once so many seconds have passed."""

    steps: int | None = None
    seconds: float | None = None


@torch.inference_mode()
def advance(
    checkpoint: Checkpoint, dataset: Dataset, budget: Budget, clock: "Clock | None" = None, looks: bool = True
) -> tuple[Checkpoint, list[Record]]:
    """Trains on from a checkpoint until the budget or the document's epochs are used up, or a loss explodes.

    Returns a new checkpoint (the given one is left as it was) and a record for every epoch that ended.
    A task's loss that is no longer finite ends in `checkpoint.failure`. looks: without, there are no records.
    """
    clock = clock or Clock()
    records: list[Record] = []
    experiment = checkpoint.experiment
    batches = Batches(experiment, dataset, checkpoint.sampling)
    total = experiment.training.epochs * batches.per_epoch
    stepper = Stepper(checkpoint, dataset, total)
    evaluator = Evaluator(experiment, dataset, stepper.network)
    last = total if budget.steps is None else min(total, stepper.step + budget.steps)
    until = None if budget.seconds is None else time.perf_counter() + budget.seconds
    unchecked: list[Tensor] = []
    failure = checkpoint.failure
    if batches.turns.waits:
        batches.turns.told(evaluator.look("train", stepper.parameters, stepper.run.buffers)[0])
    while stepper.step < last and failure is None and not _over(until):
        epoch, first = divmod(stepper.step, batches.per_epoch)
        began = time.perf_counter()
        for batch in batches.epoch(epoch, first, stepper.trained(epoch)):
            unchecked.append(stepper.take(batch, epoch))
            if len(unchecked) >= CHECK_EVERY:
                failure = check(stepper, unchecked)
                unchecked = []
            if stepper.step >= last or failure is not None or _over(until):
                break
        failure = failure or check(stepper, unchecked)
        unchecked = []
        clock.training += time.perf_counter() - began
        if failure is None and stepper.step % batches.per_epoch == 0:
            looked = [record(stepper, evaluator, batches)] if looks else []
            records += [each | turn(stepper, evaluator, batches, epoch, each) for each in looked]
            if not looks:
                turn(stepper, evaluator, batches, epoch)
    after = replace(stepper.checkpoint(), failure=failure, sampling=copied(batches.turns.state), surgery=checkpoint.surgery)
    return after, records


def turn(stepper: Stepper, evaluator: Evaluator, batches: Batches, epoch: int, looked: Record | None = None) -> Record:
    """Has sampling and timeline note that an epoch is over. looked: its record, if it was made. Returns what is to join it."""

    def losses(part: str) -> Tensor:
        if looked is None:
            return evaluator.look(part, stepper.parameters, stepper.run.buffers)[0].double()
        lanes = [looked, looked["twin"]] if "twin" in looked else [looked]
        return torch.cat([torch.tensor([task["loss"] for task in lane[part]], dtype=torch.float64).t() for lane in lanes])

    found: Record = {}
    turns, course, replicas = batches.turns, stepper.course, stepper.experiment.replicas
    if turns.by_task:
        trained = stepper.trained(epoch)
        found["batches"] = turns.shares(epoch, trained).tolist()
        turns.over(epoch, trained)
        if "losses" in turns.policy.NEEDS:
            turns.told(losses("train"))
    if course is not None and course.timeline.patience is not None:
        course.over(epoch, losses("validation"))
        found["stopped"] = (course.stops() or [])[:replicas]
    return found


@dataclass
class Clock:
    """Seconds spent in training steps, evaluation left out."""

    training: float = 0.0


def _over(until: float | None) -> bool:
    return until is not None and time.perf_counter() >= until


def check(stepper: Stepper, losses: list[Tensor]) -> Failure | None:
    """The first of the latest steps' losses `[replica, task]` that is no sensible number, if any."""
    if not losses:
        return None
    recent = torch.stack(losses)
    bad = ~(recent.abs() < EXPLODED)
    if not bool(bad.any()):
        return None
    step, replica, task = (int(i) for i in bad.nonzero()[0])
    number = stepper.step - len(losses) + step + 1
    return Failure(stepper.experiment.columns[task], number, replica, float(recent[step, replica, task]))


def record(stepper: Stepper, evaluator: Evaluator, batches: Batches) -> Record:
    """Losses and metrics now. `objective` is what the optimizer lowers: the weighted sum of losses, and penalties.

    It is taken over all training rows, as the losses are.
    """
    buffers = stepper.run.buffers
    losses, train, inner = evaluator.look("train", stepper.parameters, buffers)
    _, validation, held = evaluator.look("validation", stepper.parameters, buffers)
    objective = (losses * stepper.weights).sum(1)
    for penalty, size in ((stepper.l2, lambda flat: 0.5 * flat.square()), (stepper.l1, torch.abs)):
        if penalty is not None:
            objective = objective + per_replica(penalty * size(stepper.flat), stepper.network.specs, stepper.replicas)
    if stepper.network.ties is not None:
        objective = objective + stepper.network.ties.penalty(stepper.parameters)
    looked: dict[str, Any] = {
        "objective": objective.tolist(),
        "weights": stepper.weights.tolist(),
        "train": train,
        "validation": validation,
        "layers": health(stepper.network, inner, stepper.gradients if stepper.moved else None),
    }
    if stepper.scheme.groups:
        looked["groups"] = stepper.groups.tolist()
    if pull := pulls(stepper, batches.some(ROWS)):
        looked["pull"] = pull
    if sharing := learned(stepper.network, held if evaluator.features("validation").shape[1] else inner, stepper.parameters):
        looked["sharing"] = sharing
    place = {"epoch": stepper.step // batches.per_epoch, "step": stepper.step, "learning_rate": stepper.rate()}
    replicas = stepper.experiment.replicas
    if stepper.replicas == replicas:
        return place | looked
    return place | _lanes(looked, slice(replicas)) | {"twin": _lanes(looked, slice(replicas, None))}


def _lanes(value: Any, part: slice) -> Any:
    """The same with every list over lanes cut to `part` of them: lists over tasks and layers hold dicts."""
    if isinstance(value, dict):
        return {name: _lanes(item, part) for name, item in value.items()}
    if isinstance(value, list):
        return [_lanes(item, part) for item in value] if value and isinstance(value[0], dict) else value[part]
    return value


@torch.inference_mode()
def look(checkpoint: Checkpoint, dataset: Dataset) -> Record:
    """The record of a checkpoint as it stands: epoch 0 is seen this way, before any training."""
    batches = Batches(checkpoint.experiment, dataset, checkpoint.sampling)
    stepper = Stepper(checkpoint, dataset, checkpoint.experiment.training.epochs * batches.per_epoch)
    return record(stepper, Evaluator(checkpoint.experiment, dataset, stepper.network), batches)


def parameters_of(checkpoint: Checkpoint, dataset: Dataset) -> tuple[Any, list[Tensor]]:
    """The checkpoint's network and its parameters as views."""
    network = architecture(checkpoint.experiment, dataset)
    return network, views(checkpoint.parameters, network.specs, checkpoint.experiment.lanes)

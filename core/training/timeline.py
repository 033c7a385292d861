"""Which part of the network is trained when: phases, ramps, the warm-up, and tasks that stop early.

**Outside its phase** a task's loss has weight 0, and its own parameters do not move at all: neither by momentum, penalties,
weight decay or ties; nor do the optimizer's memory of them and batch norm's running statistics. The shared layers have a phase
of their own, and stand still also where no task trains. What is frozen goes on later as if no step had been taken
meanwhile: each task's layers count steps of their own (Adam's correction for its start goes by them).
**Ramp.** In a step that ends t epochs after the phase began, a task counts min(1, t / ramp), which multiplies the weight that
the scheme finds; of the shared layers it is their gradient that is multiplied so.
**Warm-up.** All weights are 1. The scheme does not run meanwhile: it begins when the warm-up ends, with that step as its first.
**Patience.** Each replica (and each twin) stops its tasks by its own validation loss, so that it trains as it would alone. Only
epochs within a task's phase count. A task has stopped while it has waited as long as `patience`: a longer one lets it go on.

What is kept from epoch to epoch: moved `[1 + task]`, the steps that the shared layers and each task's own have taken; with
patience best, waited and stopped `[lane, task]`: the lowest validation loss, epochs since, and the epoch of the stop, -1 for
none. Knows nothing of schemes.
"""

from types import ModuleType
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from core.errors import UserError
from core.experiment import Experiment, Phase, Timeline
from core.network.graph import Graph
from core.network.parameters import SHARED, views

State = dict[str, Tensor]


def within(phase: Phase, epoch: int) -> bool:
    """Whether an epoch, counted from 0, is one of the phase."""
    return phase.first <= epoch and (phase.last is None or epoch < phase.last)


def grown(phase: Phase, at: float) -> float:
    """How much of its weight there is at the time `at`, in epochs: 0 when the phase begins, all after `ramp` epochs."""
    return 1.0 if not phase.ramp else min(max((at - phase.first) / phase.ramp, 0.0), 1.0)


def in_turn(experiment: Experiment) -> Experiment:
    """Its tasks one after another, each as long as the others; the rest of the timeline stays.

    Raises `UserError` where there are fewer epochs than tasks.
    """
    epochs, columns = experiment.training.epochs, experiment.columns
    if epochs < len(columns):
        raise UserError("One after another, each task needs an epoch.", f"{epochs}", f"Train for at least {len(columns)}.")
    ends = [round(epochs * task / len(columns)) for task in range(len(columns) + 1)]
    phases = {
        column: {"first": first, "last": last if last < epochs else None}
        for column, first, last in zip(columns, ends, ends[1:], strict=False)
    }
    return experiment.changed("timeline.tasks", phases)


def always(experiment: Experiment) -> Experiment:
    """All tasks and the shared layers all the time; the rest of the timeline stays."""
    return experiment.changed("timeline", {**experiment.timeline.model_dump(mode="json"), "tasks": {}, "shared": {}})


class Part(NamedTuple):
    """Parameters that stand one after another and have taken as many steps: where, and the place of that number."""

    place: slice
    owner: int


class Course:
    """The timeline of a run as it stands. state: of the checkpoint; step: steps done; per_epoch: steps in an epoch."""

    def __init__(self, experiment: Experiment, network: Graph, state: State, step: int, per_epoch: float) -> None:
        self.timeline, self.columns = experiment.timeline, experiment.columns
        self.network, self.lanes, self.per_epoch = network, experiment.lanes, per_epoch
        phases = self.timeline.tasks
        self.phases = [self.timeline.shared, *(phases.get(column, Phase()) for column in self.columns)]
        tasks = (self.lanes, len(self.columns))
        fresh = {"moved": torch.full((len(self.phases),), step)}
        if self.timeline.patience is not None:
            fresh |= {
                "best": torch.full(tasks, torch.inf, dtype=torch.float64),
                "waited": torch.zeros(tasks, dtype=torch.int64),
                "stopped": torch.full(tasks, -1),
            }
        self.state: State = {name: state.get(name, values).clone() for name, values in fresh.items()}
        self.epoch = -1
        self.trained: Tensor = torch.ones(tasks, dtype=torch.bool)
        self.all_train = True
        self.held: Tensor | None = None
        self.buffers: list[tuple[str, Tensor]] = []
        self.parts: list[Part] = []
        self.ramps = False

    @property
    def warm_steps(self) -> int:
        """Steps of the warm-up: the scheme counts its own from there."""
        return round(self.timeline.warm_up * self.per_epoch)

    def warm(self, epoch: int) -> bool:
        return epoch < self.timeline.warm_up

    def begin(self, epoch: int) -> None:
        """Makes it that of an epoch, counted from 0."""
        if epoch == self.epoch:
            return
        self.epoch = epoch
        inside = [within(phase, epoch) for phase in self.phases]
        self.trained = torch.tensor(inside[1:]).expand(self.lanes, -1) & ~self._stopped()
        self.all_train = bool(self.trained.all())
        self.ramps = any(phase.ramp and epoch < phase.first + phase.ramp for phase in self.phases)
        moves = {column: self.trained[:, task] for task, column in enumerate(self.columns)}
        moves[SHARED] = self.trained.any(1) & inside[0]
        self._freeze(moves)

    def _stopped(self) -> Tensor:
        if self.timeline.patience is None:
            return torch.zeros(self.lanes, len(self.columns), dtype=torch.bool)
        return self.state["waited"] >= self.timeline.patience

    def _freeze(self, moves: dict[str, Tensor]) -> None:
        """moves: by owner the lanes in which its parameters move, `[lane]`."""
        specs = self.network.specs
        still = torch.zeros(self.lanes * sum(spec.size for spec in specs), dtype=torch.bool)
        self.parts, start = [], 0
        owners = {SHARED: 0} | {column: task for task, column in enumerate(self.columns, 1)}
        counts = self.state["moved"].tolist()
        for spec, block in zip(specs, views(still, specs, self.lanes), strict=True):
            block[~moves[spec.owner]] = True
            stop = start + self.lanes * spec.size
            if bool(moves[spec.owner].any()):
                owner, before = owners[spec.owner], self.parts[-1] if self.parts else None
                if before is not None and before.place.stop == start and counts[before.owner] == counts[owner]:
                    self.parts[-1] = Part(slice(before.place.start, stop), before.owner)
                else:
                    self.parts.append(Part(slice(start, stop), owner))
            start = stop
        self.held = still.nonzero()[:, 0] if bool(still.any()) else None
        self.moving = torch.stack([moves[SHARED].any(), *(moves[column].any() for column in self.columns)]).long()
        self.buffers = [
            (name, ~moves[step.owner])
            for step in self.network.steps
            if not bool(moves[step.owner].all())
            for name in step.node.buffers(self.lanes)
        ]

    def present(self, batch: Tensor | None) -> Tensor | None:
        """The tasks `[lane, task]` that train in a step on a batch that is for these; None for all."""
        if self.all_train:
            return batch
        return self.trained if batch is None else self.trained & batch

    def factor(self, step: int) -> np.ndarray | None:
        """How much of their weight tasks have grown to `[task]`, in the step after so many; None for all of it."""
        if not self.ramps:
            return None
        return np.array([grown(phase, (step + 1) / self.per_epoch) for phase in self.phases[1:]])

    def ease(self, grad: Tensor, shared: list[Tensor], step: int) -> None:
        """Takes out of all gradients, in place, those of what is frozen, and lowers those of shared layers in their ramp."""
        if self.held is not None:
            grad[self.held] = 0.0
        if self.ramps and (factor := grown(self.phases[0], (step + 1) / self.per_epoch)) < 1.0:
            for block in shared:
                block *= factor

    def update(self, optimizer: ModuleType, flat: Tensor, grad: Tensor, memory: State, params: object, rate: float) -> None:
        """A step of the optimizer on what moves; what is frozen in some replicas only is put back."""
        kept = [values[self.held] for values in memory.values()] if self.held is not None else []
        for place, owner in self.parts:
            step = int(self.state["moved"][owner]) + 1
            part = {name: values[place] for name, values in memory.items()}
            optimizer.update(flat[place], grad[place], part, params, rate, step)
        for values, before in zip(memory.values(), kept, strict=False):
            values[self.held] = before
        self.state["moved"] += self.moving

    def over(self, epoch: int, losses: Tensor | None) -> None:
        """Notes an epoch that is over. losses: of the validation rows, `[lane, task]`, NaN where a task has none."""
        patience = self.timeline.patience
        if patience is None or losses is None:
            return
        self.begin(epoch)
        best, waited = self.state["best"], self.state["waited"]
        better = self.trained & (losses < best)
        worse = self.trained & (losses >= best)
        best[better] = losses[better].double()
        waited[better] = 0
        waited[worse] += 1
        self.state["stopped"][worse & (waited >= patience)] = epoch + 1
        self.epoch = -1

    def stops(self) -> list[list[int | None]] | None:
        """Per lane and task the epoch after which it stopped; None where none can."""
        if self.timeline.patience is None:
            return None
        ends = torch.where(self._stopped(), self.state["stopped"], -1)
        return [[None if end < 0 else end for end in lane] for lane in ends.tolist()]


def course_of(experiment: Experiment, network: Graph, state: State, step: int, per_epoch: float) -> Course | None:
    """The course of a run; None where all is trained all the time, and always was."""
    if not state and experiment.timeline == Timeline():
        return None
    return Course(experiment, network, state, step, per_epoch)


def check(experiment: Experiment, validation: float) -> None:
    """Raises `UserError` where no validation rows are there to be patient with. validation: how many, or their share."""
    if experiment.timeline.patience is not None and not validation:
        raise UserError(
            "A task can stop early only where there are validation rows.",
            "none",
            "Set some rows aside for validation, or switch the early stop off.",
        )

"""Which task each batch of an epoch trains, and on which rows, where a batch trains one task: what sampling policies share.

A batch of a task takes the next of its labelled rows: all of them once in random order, then again in another. It goes on
where the last epoch stopped, so each row of a task is learned from as often as any other. Where there are fewer than a batch
holds, the batch is all of them once, and the rest of its places are filled without being learned from. With `balanced`, classes
take turns, and the rows of each class come by the same rule.

What is drawn depends on seed, replica, epoch and batch alone, and on what is kept: how many rows were taken before this epoch,
and the losses when it began. Twins are given what their replica is. A task's own layers see a gradient of 0 in the batches of
others, as where a row has no label for it: momentum and penalties go on. Knows nothing of networks.
"""

import numpy as np
import torch
from torch import Tensor

from core.data.dataset import Dataset, Target
from core.errors import UserError
from core.experiment import Experiment
from core.network.parameters import generator
from core.sampling import SAMPLING, Moment

State = dict[str, Tensor]


class Turns:
    """state: taken `[replica, task]` rows of each task before this epoch; where the policy needs them losses and first
    `[replica, task]`, those when the epoch and the run began."""

    def __init__(self, experiment: Experiment, dataset: Dataset, size: int, batches: int, state: State | None = None) -> None:
        self.experiment, self.size, self.batches = experiment, size, batches
        self.policy, self.params = SAMPLING.resolve(experiment.sampling.name, experiment.sampling.params)
        self.by_task: bool = self.policy.BY_TASK
        self.state: State = {}
        if not self.by_task:
            return
        balanced = self.params.balanced
        self.pools = [
            [_pools(target, dataset.train[min(replica, len(dataset.train) - 1)], balanced) for target in dataset.targets]
            for replica in range(experiment.replicas)
        ]
        self.counts = torch.tensor([[sum(map(len, pools)) for pools in tasks] for tasks in self.pools])
        if not bool(self.counts.all()):
            empty = int((self.counts == 0).nonzero()[0, 1])
            raise UserError(
                "Where each batch trains one task, every task should have a label in the training rows.",
                f"none of “{experiment.columns[empty]}”",
                "Train all tasks on every batch, or remove this one.",
            )
        self.state = dict(state or {"taken": torch.zeros_like(self.counts)})
        self.owners = _owners(len(dataset.targets), [place for place, _ in dataset.elsewhere])
        self.others = [
            [int(target.labelled[train].sum()) for _, target in dataset.elsewhere] for train in dataset.train
        ]  # per split

    @property
    def waits(self) -> bool:
        """Whether it needs to be told the losses before the first epoch."""
        return self.by_task and "losses" in self.policy.NEEDS and "losses" not in self.state

    def told(self, losses: Tensor) -> None:
        """Training losses `[lane, task]` when an epoch begins."""
        if self.by_task and "losses" in self.policy.NEEDS:
            now = losses[: self.experiment.replicas].double().clone()
            self.state = {"first": now.clone()} | self.state | {"losses": now}

    def over(self, epoch: int, trained: Tensor | None = None) -> None:
        """Notes that an epoch is over."""
        if self.by_task:
            self.state = self.state | {"taken": self.state["taken"] + self.shares(epoch, trained) * self.most()}

    def most(self) -> Tensor:
        """How many rows a batch of each task learns from, `[replica, task]`."""
        return self.counts.clamp(max=self.size)

    def shares(self, epoch: int, trained: Tensor | None = None) -> Tensor:
        """How many of the epoch's batches are each task's, `[replica, task]`."""
        plan = self.plan(epoch, trained)
        return torch.stack([torch.bincount(row[row >= 0], minlength=self.counts.shape[1]) for row in plan])

    def plan(self, epoch: int, trained: Tensor | None = None) -> Tensor:
        """The task of each batch, `[replica, batch]`; -1 where none may train. trained `[lane, task]`: which may."""
        return torch.stack([self._plan(replica, epoch, trained) for replica in range(self.experiment.replicas)])

    def _plan(self, replica: int, epoch: int, trained: Tensor | None) -> Tensor:
        tasks = torch.arange(self.counts.shape[1]) if trained is None else trained[replica].nonzero()[:, 0]
        if not len(tasks):
            return torch.full((self.batches,), -1)
        last = max(self.experiment.training.epochs - 1, 1)
        owners = self.owners[(self.owners < 0) | torch.isin(self.owners, tasks)]
        here, others = owners >= 0, self.others[min(replica, len(self.others) - 1)]

        def spread(own: Tensor, rest: float | list[int]) -> np.ndarray:
            """Of tasks here and elsewhere, in the order of all."""
            made = np.empty(len(owners))
            made[here.numpy()], made[~here.numpy()] = own[owners[here]].double().numpy(), rest
            return made

        def known(name: str) -> np.ndarray | None:
            if name not in self.state:
                return None
            own = self.state[name][replica]
            return spread(own, float(own[tasks].mean()))

        moment = Moment(
            spread(self.counts[replica], others), known("losses"), known("first"), min(epoch / last, 1.0),
            epoch * self.batches, self.batches,
        )  # fmt: skip
        return owners[drawn(self.policy.chances(self.params, moment), self.batches, self._draw("turns", replica, epoch))]

    def _draw(self, what: str, replica: int, *more: object) -> torch.Generator:
        return generator(what, self.experiment.seed, replica, *more)

    def rows(self, plan: Tensor) -> tuple[Tensor, Tensor]:
        """Rows of the table `[replica, batch * size]`, and how many of each batch are learned from `[replica, batch]`."""
        rows = torch.empty(*plan.shape, self.size, dtype=torch.int64)
        counted = torch.zeros_like(plan)
        for replica, tasks in enumerate(plan):
            for task, pools in enumerate(self.pools[replica]):
                mine = (tasks == task).nonzero()[:, 0]
                if len(mine):
                    count = min(self.size, int(self.counts[replica, task]))
                    found = self._stream(replica, task, pools, int(self.state["taken"][replica, task]), len(mine) * count)
                    rows[replica, mine] = found.view(len(mine), count)[:, torch.arange(self.size) % count]
                    counted[replica, mine] = count
            rows[replica, tasks < 0] = self.pools[replica][0][0][0]  # nobody learns from it
        return rows.flatten(1), counted

    def _stream(self, replica: int, task: int, pools: list[Tensor], start: int, count: int) -> Tensor:
        """`count` rows of a task from the place `start` of its endless row of rows."""
        places = torch.arange(start, start + count)
        found = torch.empty_like(places)
        for number, pool in enumerate(pools):
            mine = places % len(pools) == number
            rounds, at = (
                (places[mine] // len(pools)).div(len(pool), rounding_mode="floor"),
                places[mine] // len(pools) % len(pool),
            )
            orders = {
                turn: torch.randperm(len(pool), generator=self._draw("rows", replica, task, number, turn))
                for turn in rounds.unique().tolist()
            }
            found[mine] = pool[torch.cat([orders[turn][at[rounds == turn]] for turn in orders])] if orders else pool[:0]
        return found


def drawn(chances: np.ndarray, batches: int, draw: torch.Generator) -> Tensor:
    """A task for each batch `[batch]`, by chances `[task]` or `[batch, task]`."""
    total = chances.sum(-1, keepdims=True)
    odds = np.where((total > 0.0) & np.isfinite(total), chances, 1.0)  # not finite: a run about to be stopped for its losses
    steps = np.broadcast_to(odds.cumsum(-1), (batches, odds.shape[-1]))
    thrown = torch.rand(batches, generator=draw, dtype=torch.float64).numpy()[:, None] * steps[:, -1:]
    return torch.from_numpy((steps <= thrown).sum(-1).clip(max=odds.shape[-1] - 1))


def _owners(count: int, elsewhere: list[int]) -> Tensor:
    """Per task of all, in their order, its number among the `count` that are here; -1 for one that is elsewhere."""
    own = iter(range(count))
    return torch.tensor([-1 if place in elsewhere else next(own) for place in range(count + len(elsewhere))])


def _pools(target: Target, train: Tensor, balanced: bool) -> list[Tensor]:
    """The training rows that have a label, as one pool, or as one for each class that occurs."""
    rows = train[target.labelled[train]]
    if not balanced or target.kind == "regression" or not len(rows):
        return [rows]
    classes = target.values[0][rows].long()
    return [rows[classes == each] for each in classes.unique()]

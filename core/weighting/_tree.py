"""A tree of schemes: tasks are weighed within groups, and groups among what is around them.

Knows nothing of what a scheme computes. From the leaves up, each group's scheme is told of its members as a scheme is of tasks:

- a group's loss is the sum of its members' weights times losses, its gradient the same sum of their gradients, so that with
  C `[member, task]`, what every task counts within each member, a scheme sees the losses C L, the Jacobian C J and the Gramian
  C G C^T;
- its score is the mean of its members', and its loss after the step is summed with the weights of the step.

A task's *effective weight* is the product of the weights along its path. What is in no group stands at the root beside the
groups, and is weighed by the document's own scheme; without groups the tree is that scheme, to the last bit.

**Directions.** GradDrop, DB-MTL and MoCo go where no weighted sum of gradients does. That counts only without groups: in a tree
they count by their least-squares weights.
**Where gradients are taken.** In one place for the whole tree: the one that all schemes in it that look at gradients agree on,
else by all shared layers.
**Heads.** A task's own layers follow the product of the weights of those schemes on its path that are `HEADS = "weighted"`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.experiment import Experiment, Group, Weighting
from core.weighting import Array, Signal, State, Weighed
from core.weighting._scheme import Scheme, scheme_of

ROOT = ""
SHARES = "tree.weights"
LARGEST = 1e38
"""A task counts at most so much within a group: products of more have no room."""


@dataclass(frozen=True)
class Node:
    """A scheme and what it weighs: columns of tasks, names of groups. The name of the root is empty."""

    name: str
    members: tuple[str, ...]
    scheme: Scheme

    def key(self, name: str) -> str:
        """What a part of its scheme's state is called in that of the tree."""
        return f"group/{self.name}/{name}" if self.name else name

    def state(self, whole: State) -> State:
        """Its scheme's part of the tree's state. Names of groups may hold slashes, names within a state do not."""
        if self.name:
            start = self.key("")
            return {name[len(start) :]: values for name, values in whole.items() if name.rpartition("/")[0] + "/" == start}
        return {name: values for name, values in whole.items() if "/" not in name}


@dataclass(frozen=True)
class Tree:
    """nodes: members before what they are members of, so that the root is last."""

    tasks: tuple[str, ...]
    nodes: tuple[Node, ...]

    @property
    def flat(self) -> bool:
        """Whether there are no groups."""
        return len(self.nodes) == 1

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(node.name for node in self.nodes[:-1])

    @property
    def needs(self) -> frozenset[str]:
        return frozenset().union(*(node.scheme.needs for node in self.nodes))

    @property
    def balances(self) -> bool:
        """Whether some scheme needs every task's own gradient."""
        return any(node.scheme.balances for node in self.nodes)

    @property
    def where(self) -> str:
        """Where gradients are taken: one of `PLACES`."""
        places = {node.scheme.where for node in self.nodes if node.scheme.balances}
        return places.pop() if len(places) == 1 else "all"

    def init(self, replicas: int) -> State:
        state: State = {}
        for node in self.nodes:
            own = node.scheme.init(node.members, replicas)
            if self._looks_after:
                own[SHARES] = np.ones((replicas, len(node.members)))
            state |= {node.key(name): values for name, values in own.items()}
        return state

    def taken_up(self, before: "Tree", state: State, replicas: int) -> State:
        """The state to go on from: a group of the same name and members keeps what its scheme has learned, as far as
        `Scheme.taken_up` does; others begin anew."""
        made = self.init(replicas)
        known = {node.name: node for node in before.nodes}
        for node in self.nodes:
            old = known.get(node.name)
            if old is not None and old.members == node.members:
                kept = node.scheme.taken_up(old.scheme, old.state(state), node.members, replicas)
                made |= {node.key(name): values for name, values in kept.items()}
        return made

    def weigh(self, state: State, signal: Signal) -> Weighed:
        """Weights of one step, by task; `own` and `groups` only where there are groups."""
        if self.flat:
            return self.nodes[0].scheme.weigh(state, signal)
        parts, scores, heads = self._leaves(len(signal.losses))
        found: dict[str, Array] = {}
        made: State = {}
        for node in self.nodes:
            counts = np.stack([parts[name] for name in node.members], 1)
            score = np.stack([scores[name] for name in node.members])
            weighed = node.scheme.weigh(node.state(state), _seen(node, signal, counts, score))
            own = weighed.state | ({SHARES: weighed.weights} if self._looks_after else {})
            made |= {node.key(name): values for name, values in own.items()}
            parts[node.name], scores[node.name] = _summed(weighed.weights, counts), score.mean(0)
            follow = weighed.weights if node.scheme.module.HEADS == "weighted" else np.ones_like(weighed.weights)
            heads[node.name] = _summed(follow, np.stack([heads[name] for name in node.members], 1))
            found |= {name: weighed.weights[:, at] for at, name in enumerate(node.members)}
        return Weighed(parts[ROOT], made, None, heads[ROOT], self._effective(found))

    def own(self, weighed: Weighed) -> Array | None:
        """What the tasks' own layers are to follow `[replica, task]`; None: their losses as they are."""
        if weighed.own is not None:
            return weighed.own
        return weighed.weights if self.nodes[-1].scheme.module.HEADS == "weighted" else None

    def after(self, state: State, before: Array, after: Array) -> State:
        """The state once it is known what the losses are after the step."""
        if self.flat:
            return self.nodes[0].scheme.after(state, before, after)
        parts, _, _ = self._leaves(len(before))
        made = dict(state)
        for node in self.nodes:
            own, counts = node.state(state), np.stack([parts[name] for name in node.members], 1)
            if "losses_after" in node.scheme.needs:
                told = node.scheme.after(own, _of(counts, before), _of(counts, after))
                made |= {node.key(name): values for name, values in told.items()}
            parts[node.name] = _summed(own[SHARES], counts)
        return made

    @property
    def _looks_after(self) -> bool:
        """Whether weights of a step are kept until it is known what came of it."""
        return not self.flat and "losses_after" in self.needs

    def _leaves(self, replicas: int) -> tuple[dict[str, Array], dict[str, Array], dict[str, Array]]:
        """What every task counts within itself: `[replica, task]`, `[task]` for scores, and again for its own layers."""
        each = np.eye(len(self.tasks))
        wide = {task: np.tile(each[at], (replicas, 1)) for at, task in enumerate(self.tasks)}
        return dict(wide), dict(zip(self.tasks, each, strict=True)), dict(wide)

    def _effective(self, found: dict[str, Array]) -> Array:
        """The groups' effective weights `[replica, group]`, from those that members have in their groups."""
        around = {member: node.name for node in self.nodes for member in node.members}
        columns = []
        for name in self.groups:
            product, at = found[name], around[name]
            while at != ROOT:
                product, at = np.clip(product, -LARGEST, LARGEST) * np.clip(found[at], -LARGEST, LARGEST), around[at]
            columns.append(np.clip(product, -LARGEST, LARGEST))
        return np.stack(columns, 1)


def tree_of(experiment: Experiment) -> Tree:
    """The tree of a document. Raises `UserError` for unknown names or parameters."""
    nodes = [Node(group.name, group.members, scheme_of(group.weighting)) for group in _inner_first(experiment.groups)]
    return Tree(experiment.columns, (*nodes, Node(ROOT, top(experiment), scheme_of(experiment.weighting))))


def plain(weighting: Weighting, tasks: tuple[str, ...]) -> Tree:
    """The tree without groups."""
    return Tree(tasks, (Node(ROOT, tasks, scheme_of(weighting)),))


def top(experiment: Experiment) -> tuple[str, ...]:
    """What the document's own scheme weighs: tasks and groups that are in no group, by where their first task stands."""
    inside = {member for group in experiment.groups for member in group.members}
    free = [name for name in (*experiment.columns, *(group.name for group in experiment.groups)) if name not in inside]
    members = {group.name: group.members for group in experiment.groups}

    def place(name: str) -> int:
        return min(map(place, members[name])) if name in members else experiment.columns.index(name)

    return tuple(sorted(free, key=place))


def _inner_first(groups: Sequence[Group]) -> list[Group]:
    waiting, found = list(groups), []
    while waiting:
        names = {group.name for group in waiting}
        ready = [group for group in waiting if not names & set(group.members)]
        found += ready
        waiting = [group for group in waiting if group not in ready]
    return found


def _seen(node: Node, signal: Signal, counts: Array, score: Array) -> Signal:
    """What a group's scheme is told. counts `[replica, member, task]`, score `[member, task]`."""
    gramian = jacobian = None
    if signal.gramian is not None:
        gramian = counts @ signal.gramian @ counts.transpose(0, 2, 1)
    if signal.jacobian is not None and "jacobian" in node.scheme.needs:
        jacobian = counts @ signal.jacobian
    return signal._replace(
        losses=_of(counts, signal.losses),
        gramian=gramian,
        jacobian=jacobian,
        score=None if signal.score is None else signal.score @ score.T,
        dice=signal.dice.apart(node.name),
    )


def _of(counts: Array, losses: Array) -> Array:
    """The members' losses `[replica, member]` from those of the tasks."""
    return (counts @ losses[:, :, None])[:, :, 0]


def _summed(weights: Array, counts: Array) -> Array:
    """What every task counts `[replica, task]`, from what it counts within each member, and what that counts."""
    weights = np.clip(weights, -LARGEST, LARGEST)
    return np.clip((weights[:, None] @ counts)[:, 0], -LARGEST, LARGEST)

"""A network as steps that follow one another, branch and meet again: how it is put together, and both passes through it.

Knows nothing of what a step computes, nor of losses. A *value* is what a step gives, `[replica, row, unit]`; of a bank of
copies `[replica x copy, row, unit]`. Value 0 is the features. A step belongs to a task where only that task's loss depends on
it, else it is shared. The gradients meet at the values that shared steps hand to tasks' own ones: these are the
representation, one after another, `[replica, number]`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import torch
from torch import Tensor

from core.network.embedding import Embedding
from core.network.layer import Dense, Pass
from core.network.parameters import SHARED, Spec
from core.network.ties import Ties

FEATURES = 0


class Node(Protocol):
    """What a step computes. first: the place of its first parameter among all; affine: whether it is, without activations.

    `forward(run, *values) -> (value, saved)`. `backward(grad, saved, parameters, into, wanted) -> gradients` writes those by
    its parameters into `into` and gives those by its inputs, as far as `wanted`, else None. `grad` may have a task axis
    before all others; what is given then has it too.
    """

    name: str
    first: int
    affine: bool
    specs: list[Spec]

    def buffers(self, replicas: int) -> dict[str, Tensor]: ...

    @property
    def forward(self) -> Callable[..., tuple[Tensor, Any]]: ...

    @property
    def backward(self) -> Callable[..., Sequence[Tensor | None]]: ...


@dataclass(frozen=True)
class Step:
    """node gives value `place` from those of `inputs`. wanted: by which of them a gradient is to be handed back."""

    node: Node
    inputs: tuple[int, ...]
    owner: str
    place: int
    wanted: tuple[bool, ...]


AtLayer = Callable[[Step, Dense, Tensor], Sequence[Tensor | None]]
"""What is done at a layer on the way back, with the gradient by its value; gives those by its inputs."""


class Saved(NamedTuple):
    """What a forward pass leaves: every value, and what every step needs to go back."""

    values: list[Tensor]
    kept: list[Any]


class Plan:
    """Collects the steps of a network in the order in which they are computed."""

    def __init__(self) -> None:
        self._steps: list[tuple[Node, tuple[int, ...], str]] = []
        self._outputs: dict[str, int] = {}

    def add(self, node: Node, *inputs: int, owner: str = SHARED) -> int:
        """The number of the value that `node` gives."""
        self._steps.append((node, inputs, owner))
        return len(self._steps)

    def output(self, column: str, value: int) -> None:
        """What a task's numbers are. Tasks in their order."""
        self._outputs[column] = value

    def graph(self, ties: Callable[[tuple[Spec, ...]], Ties] | None = None) -> "Graph":
        """The network. ties: from all its parameters, what draws some of them towards each other."""
        owners = [SHARED, *(owner for _, _, owner in self._steps)]
        steps = []
        for place, (node, inputs, owner) in enumerate(self._steps, 1):
            wanted = tuple(value != FEATURES and owners[value] in (SHARED, owner) for value in inputs)
            steps.append(Step(node, inputs, owner, place, wanted))
        return Graph(tuple(steps), self._outputs, ties)


class Graph:
    """specs: all parameters, shared ones first. last: the place of the last shared layer's among them. reads: whether it reads
    texts."""

    def __init__(
        self,
        steps: tuple[Step, ...],
        outputs: dict[str, int],
        ties: Callable[[tuple[Spec, ...]], Ties] | None = None,
    ) -> None:
        self.steps, self.outputs = steps, outputs
        self.shared = tuple(step for step in steps if step.owner == SHARED)
        self.own = {column: tuple(step for step in steps if step.owner == column) for column in outputs}
        specs: list[Spec] = []
        for step in (*self.shared, *(step for own in self.own.values() for step in own)):
            step.node.first = len(specs)
            specs += step.node.specs
        self.specs = tuple(specs)
        self.ties = ties(self.specs) if ties else None
        self.reads = any(isinstance(step.node, Embedding) for step in steps)
        self.affine = all(step.node.affine for step in steps)
        shared = {FEATURES, *(step.place for step in self.shared)}
        taken = [value for own in self.own.values() for step in own for value in step.inputs]
        self.boundary = tuple(sorted({*taken, *outputs.values()} & shared - {FEATURES}))
        matrices = [place for place, step in enumerate(self.shared) if isinstance(step.node, Dense)]
        if not matrices:  # no layer, but perhaps what reads texts
            matrices = [place for place, step in enumerate(self.shared) if any(spec.matrix for spec in step.node.specs)]
        self._last = matrices[-1] if matrices else 0
        ends = sum(len(step.node.specs) for step in self.shared)
        self.last = slice(self.shared[self._last].node.first, ends) if matrices else slice(0)

    def buffers(self, replicas: int) -> dict[str, Tensor]:
        return {name: tensor for step in self.steps for name, tensor in step.node.buffers(replicas).items()}

    def forward(self, x: Tensor, run: Pass) -> tuple[list[Tensor], Saved]:
        """Every task's outputs `[replica, row, output]`, in their order."""
        values, kept = [x], []
        for step in self.steps:
            value, saved = step.node.forward(run, *[values[place] for place in step.inputs])
            values.append(value)
            kept.append(saved)
        return [values[place] for place in self.outputs.values()], Saved(values, kept)

    def backward_own(
        self, grads: list[Tensor], saved: Saved, parameters: list[Tensor], into: list[Tensor], layer: AtLayer | None = None
    ) -> Tensor:
        """Writes the gradients of the tasks' own parameters; gives each task's by the representation,
        `[task, replica, number]`, of no numbers where nothing is shared. grads: by the outputs. layer: see `_back`."""
        meeting = []
        for (column, place), grad in zip(self.outputs.items(), grads, strict=True):
            found = _back(self.own[column], {place: grad}, saved, parameters, into, layer)
            meeting.append(self._met(found, saved, grad))
        return torch.stack(meeting)

    def backward_shared(
        self, grad: Tensor, saved: Saved, parameters: list[Tensor], into: list[Tensor], last: bool = False
    ) -> None:
        """Goes on from `[replica, number]`, or with a task axis before that, as `into` then has too; writes the gradients of
        the shared parameters, with `last` only those of the last shared layer."""
        steps = self.shared[self._last :] if last else self.shared
        _back(steps, self._by_value(grad, saved), saved, parameters, into)

    def deltas(
        self, grads: list[Tensor], saved: Saved, parameters: list[Tensor], own: list[Tensor], into: list[Tensor]
    ) -> dict[int, tuple[Tensor, Tensor]]:
        """As `backward_own` into `own` and then `backward_shared` with a task axis; but in place of the gradients by a layer's
        weights and bias it gives, by a shared layer's value, what they are the product of (`Dense.delta`)."""
        found: dict[int, tuple[Tensor, Tensor]] = {}

        def keeping(room: list[Tensor]) -> AtLayer:
            def layer(step: Step, node: Dense, grad: Tensor) -> Sequence[Tensor | None]:
                kept = saved.kept[step.place - 1]
                x, delta = found[step.place] = node.delta(grad, kept, parameters, room)
                return (node.onwards(delta, kept, parameters) if step.wanted[0] else None,)

            return layer

        grad = self.backward_own(grads, saved, parameters, own, keeping(own))
        _back(self.shared, self._by_value(grad, saved), saved, parameters, into, keeping(into))
        return {step.place: found[step.place] for step in self.shared if step.place in found}

    def _by_value(self, grad: Tensor, saved: Saved) -> dict[int, Tensor]:
        """By value, of a gradient by all of the representation."""
        values = [saved.values[place] for place in self.boundary]
        lead, replicas = grad.shape[:-2], grad.shape[-2]
        parts = grad.split([value.numel() // replicas for value in values], -1) if len(values) != 1 else [grad]
        return {
            place: part.reshape(*lead, *value.shape) for place, part, value in zip(self.boundary, parts, values, strict=True)
        }

    def _met(self, found: dict[int, Tensor], saved: Saved, grad: Tensor) -> Tensor:
        """One task's gradient by all of the representation; 0 by what it does not use."""
        replicas = len(grad)
        parts = [
            (found[place] if place in found else torch.zeros_like(saved.values[place])).reshape(replicas, -1)
            for place in self.boundary
        ]
        if len(parts) == 1:
            return parts[0]
        return torch.cat(parts, 1) if parts else grad.new_zeros(replicas, 0)

    def walk(self, saved: Saved) -> Iterator[tuple[Dense, Tensor, Tensor]]:
        """Every layer with its sums and its values `[replica, row, unit]`; the copies of a bank side by side."""
        for step, kept in zip(self.steps, saved.kept, strict=True):
            if isinstance(step.node, Dense):
                _, z, y, *_ = kept
                yield step.node, step.node.beside(z), step.node.beside(y)

    def fold(self, parameters: list[Tensor], buffers: dict[str, Tensor]) -> list[tuple[Tensor, Tensor]]:
        """Per task the matrix `[replica, feature, output]` and bias `[replica, 1, output]`, float64, that the network is
        where its activations are taken out and it is affine: read off its answers to one feature at a time."""
        matrix = next(step.node.specs[0] for step in self.steps if FEATURES in step.inputs and step.node.specs)
        lanes, inputs = len(parameters[0]), matrix.shape[-2]
        probes = torch.cat([torch.zeros(1, inputs), torch.eye(inputs)]).double().expand(lanes, -1, -1)
        wide = Pass([each.double() for each in parameters], {name: each.double() for name, each in buffers.items()})
        outputs, _ = self.forward(probes, wide)
        return [(output[:, 1:] - output[:, :1], output[:, :1]) for output in outputs]


def _back(
    steps: Sequence[Step],
    found: dict[int, Tensor],
    saved: Saved,
    parameters: list[Tensor],
    into: list[Tensor],
    layer: AtLayer | None = None,
) -> dict[int, Tensor]:
    """From the gradients `found` by some values back through `steps`; gives those by values that none of them gave.

    layer: what is done with a layer in place of its `backward`.
    """
    for step in reversed(steps):
        grad = found.pop(step.place, None)
        if grad is None:
            for spec in range(step.node.first, step.node.first + len(step.node.specs)):
                into[spec].zero_()
            continue
        if layer and isinstance(step.node, Dense):
            given = layer(step, step.node, grad)
        else:
            given = step.node.backward(grad, saved.kept[step.place - 1], parameters, into, step.wanted)
        for place, by in zip(step.inputs, given, strict=True):
            if by is not None:
                found[place] = found[place] + by if place in found else by
    return found

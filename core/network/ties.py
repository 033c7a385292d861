"""What draws parameters towards each other after each step: the distance between the tasks' own layers, or their common rank.

Knows nothing of losses or optimizers. A pull is the proximal step of rate times strength times the penalty, apart from the
optimizer as AdamW's weight decay is: exact at any strength, and nothing at strength 0.
"""

from collections.abc import Sequence
from itertools import combinations
from typing import Protocol

import torch
from torch import Tensor

from core.network.parameters import Spec


class Ties(Protocol):
    def pull(self, parameters: list[Tensor], rate: float) -> None:
        """Moves the parameters, in place, after a step of this learning rate."""
        ...

    def penalty(self, parameters: list[Tensor]) -> Tensor:
        """What is added to the objective, `[replica]`."""
        ...


class _Alike:
    """Blocks of one shape, one from each task, that belong together. groups: the places of each among the parameters."""

    def __init__(self, groups: Sequence[Sequence[int]], strength: float) -> None:
        self.groups, self.strength = groups, strength

    def _stacks(self, parameters: list[Tensor]) -> list[Tensor]:
        """Per group `[replica, task, number]`."""
        return [torch.stack([parameters[place].flatten(1) for place in group], 1) for group in self.groups]

    def _write(self, parameters: list[Tensor], stacks: list[Tensor]) -> None:
        for group, stack in zip(self.groups, stacks, strict=True):
            for place, block in zip(group, stack.unbind(1), strict=True):
                parameters[place].copy_(block.view_as(parameters[place]))


class Distance(_Alike):
    """s / 2 sum_{i<j} |W_i - W_j|^2, as by Duong et al. 2015, "Low resource dependency parsing".

    Its proximal step leaves the mean of all tasks where it is, and shrinks what each differs from it by 1 / (1 + rate s K).
    """

    def pull(self, parameters: list[Tensor], rate: float) -> None:
        shrink = 1.0 / (1.0 + rate * self.strength * len(self.groups[0])) if self.groups else 1.0
        stacks = self._stacks(parameters)
        means = [stack.mean(1, keepdim=True) for stack in stacks]
        self._write(
            parameters, [torch.lerp(mean.expand_as(stack), stack, shrink) for mean, stack in zip(means, stacks, strict=True)]
        )

    def penalty(self, parameters: list[Tensor]) -> Tensor:
        found = torch.zeros(len(parameters[0]))
        for stack in self._stacks(parameters):
            apart = (stack - stack.mean(1, keepdim=True)).square().sum((1, 2))
            found = found + 0.5 * self.strength * stack.shape[1] * apart  # the sum over pairs
        return found


class TraceNorm(_Alike):
    """s |W|_*, the sum of the singular values of the tasks' blocks as rows (Yang and Hospedales 2017, arXiv:1606.04038).

    Its proximal step lowers each singular value by rate s, down to 0: tasks come to be sums of few common parts.
    """

    def pull(self, parameters: list[Tensor], rate: float) -> None:
        stacks = []
        for stack in self._stacks(parameters):
            values, vectors = self._parts(stack)
            kept = torch.where(values > 0, (values - rate * self.strength).clamp(min=0.0) / values.clamp(min=1e-30), 0.0)
            matrix = (vectors * kept.unsqueeze(1)) @ vectors.transpose(1, 2)
            stacks.append((matrix @ stack.double()).float())
        self._write(parameters, stacks)

    def penalty(self, parameters: list[Tensor]) -> Tensor:
        values = [self._parts(stack)[0].sum(1) for stack in self._stacks(parameters)]
        return self.strength * torch.stack(values).sum(0).float() if values else torch.zeros(len(parameters[0]))

    @staticmethod
    def _parts(stack: Tensor) -> tuple[Tensor, Tensor]:
        """Singular values `[replica, task]`, and left singular vectors as columns: from the Gramian, as tasks are few."""
        wide = stack.double()
        squares, vectors = torch.linalg.eigh(wide @ wide.transpose(1, 2))
        return squares.clamp(min=0.0).sqrt(), vectors


class Apart:
    """s / 2 sum_{a<b} |W_a^T W_b|^2 over the groups of a layer's units: what one group sees, the other is not to.

    As between the subspaces of Ruder, Bingel, Augenstein and Søgaard 2017, arXiv:1705.08142 (after Bousmalis et al. 2016,
    arXiv:1608.06019). Its step is implicit, W_a <- (1 + rate s sum_{b != a} W_b W_b^T)^-1 W_a, so that no strength makes it
    explode. places: of matrices `[replica, copy, input, unit]`, the units in equal groups one after another.
    """

    def __init__(self, places: Sequence[int], groups: int, strength: float) -> None:
        self.places, self.groups, self.strength = places, groups, strength

    def pull(self, parameters: list[Tensor], rate: float) -> None:
        for place in self.places:
            parts = self._parts(parameters[place])
            seen = parts @ parts.transpose(-1, -2)
            others = seen.sum(2, keepdim=True) - seen
            moved = torch.linalg.solve(torch.eye(others.shape[-1]) + rate * self.strength * others, parts)
            parameters[place].copy_(moved.transpose(2, 3).flatten(3))

    def penalty(self, parameters: list[Tensor]) -> Tensor:
        found = torch.zeros(len(parameters[0]))
        for place in self.places:
            parts = self._parts(parameters[place])
            for first, second in combinations(parts.unbind(2), 2):
                found = found + 0.5 * self.strength * (first.transpose(-1, -2) @ second).square().sum((1, 2, 3))
        return found

    def _parts(self, block: Tensor) -> Tensor:
        """`[replica, copy, group, input, unit]`."""
        return block.unflatten(-1, (self.groups, -1)).transpose(2, 3)


def alike(specs: Sequence[Spec], columns: Sequence[str], prefix: str) -> list[list[int]]:
    """Places of the parameters of the tasks' layers `<prefix><task>.<rest>` that have the same rest."""
    found: dict[str, list[int]] = {}
    for place, spec in enumerate(specs):
        for task in range(len(columns)):
            start = f"{prefix}{task}."
            if spec.name.startswith(start):
                found.setdefault(spec.name[len(start) :], []).append(place)
    return [group for group in found.values() if len(group) == len(columns)]

"""Steps that mix what others give: gates over experts, stitches between tasks, blends of layers, joins, masks.

Forward, and backward by hand; no step has an activation. Knows nothing of which architecture uses them. `[replica, row, unit]`
as in `graph`, where a bank of copies is `[replica x copy, row, unit]`; a gradient may have a task axis before that.
"""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from core.network.layer import Pass
from core.network.parameters import Spec

Given = Sequence[Tensor | None]


class Mixing:
    """A step without parameters, as far as it says nothing else."""

    affine = True
    first = 0

    def __init__(self, name: str) -> None:
        self.name, self.specs = name, list[Spec]()

    def buffers(self, replicas: int) -> dict[str, Tensor]:
        return {}


class Softmax(Mixing):
    """Weights `[replica, row, expert]` from logits: positive, and 1 in all."""

    affine = False

    def forward(self, run: Pass, logits: Tensor) -> tuple[Tensor, Tensor]:
        weights = torch.softmax(logits, -1)
        return weights, weights

    def backward(self, grad: Tensor, saved: Tensor, parameters: Any, into: Any, wanted: Sequence[bool]) -> Given:
        along = grad * saved
        return (along - saved * along.sum(-1, keepdim=True),)


class Sigmoid(Mixing):
    """A mask between 0 and 1 from logits."""

    affine = False

    def forward(self, run: Pass, logits: Tensor) -> tuple[Tensor, Tensor]:
        mask = torch.sigmoid(logits)
        return mask, mask

    def backward(self, grad: Tensor, saved: Tensor, parameters: Any, into: Any, wanted: Sequence[bool]) -> Given:
        return (grad * saved * (1.0 - saved),)


class Stop(Mixing):
    """What it is given, beyond which no gradient goes back."""

    def forward(self, run: Pass, value: Tensor) -> tuple[Tensor, None]:
        return value.detach(), None

    def backward(self, grad: Tensor, saved: None, parameters: Any, into: Any, wanted: Sequence[bool]) -> Given:
        return (None,)


class Mixture(Mixing):
    """Experts by their weights: y = sum_e g_e h_e. inputs: the weights, of each row or of one for all, then banks.

    banks: how many copies each has.
    """

    affine = False

    def __init__(self, name: str, banks: Sequence[int]) -> None:
        super().__init__(name)
        self.banks = list(banks)

    def forward(self, run: Pass, weights: Tensor, *values: Tensor) -> tuple[Tensor, tuple]:
        gates = weights.transpose(1, 2).unsqueeze(-1).split(self.banks, 1)
        experts = [value.unflatten(0, (-1, copies)) for value, copies in zip(values, self.banks, strict=True)]
        parts = [(gate * expert).sum(1) for gate, expert in zip(gates, experts, strict=True)]
        return sum(parts[1:], parts[0]), (gates, experts)

    def backward(self, grad: Tensor, saved: tuple, parameters: Any, into: Any, wanted: Sequence[bool]) -> Given:
        gates, experts = saved
        wide = grad.unsqueeze(-3)
        by_weights = None
        if wanted[0]:
            by_weights = torch.cat([(wide * expert).sum(-1) for expert in experts], -2).transpose(-1, -2)
            if gates[0].shape[-2] == 1:  # the same for every row
                by_weights = by_weights.sum(-2, keepdim=True)
        by_experts = [(wide * gate).flatten(-4, -3) if asked else None for gate, asked in zip(gates, wanted[1:], strict=True)]
        return (by_weights, *by_experts)


class Stitch(Mixing):
    """What each copy of a bank gives, mixed: y_i = sum_j a_ij x_j, with a learned matrix `[copy x group, copy x group]`.

    groups: into how many parts of its units each copy is cut first, each mixed by itself. keep: what a copy keeps of its own at
    first; the others share the rest. What is learned is the difference from that, which begins at 0.
    """

    def __init__(self, name: str, owner: str, copies: int, keep: float, groups: int = 1) -> None:
        super().__init__(name)
        self.copies, self.groups, self.size = copies, groups, copies * groups
        rest = (1.0 - keep) / max(copies - 1, 1)
        whole = torch.full((copies, copies), rest).fill_diagonal_(keep if copies > 1 else 1.0)
        self.begin = torch.kron(whole, torch.eye(groups))
        self.specs = [Spec(f"{name}.stitch", owner, (self.size, self.size), 0.0)]

    def matrix(self, parameters: list[Tensor]) -> Tensor:
        """`[replica, to, from]`."""
        learned = parameters[self.first]
        return learned + self.begin.to(learned.dtype)

    def forward(self, run: Pass, bank: Tensor) -> tuple[Tensor, Tensor]:
        flat = self._flat(bank)
        return self._bank(self.matrix(run.parameters) @ flat, bank.shape[-2:]), flat

    def backward(
        self, grad: Tensor, saved: Tensor, parameters: list[Tensor], into: list[Tensor], wanted: Sequence[bool]
    ) -> Given:
        flat = self._flat(grad)
        into[self.first].copy_(flat @ saved.transpose(1, 2))
        if not wanted[0]:
            return (None,)
        return (self._bank(self.matrix(parameters).transpose(1, 2) @ flat, grad.shape[-2:]),)

    def _flat(self, bank: Tensor) -> Tensor:
        """`[..., replica, copy x group, number]`."""
        apart = bank.unflatten(-3, (-1, self.copies))
        if self.groups == 1:
            return apart.flatten(-2)
        return apart.unflatten(-1, (self.groups, -1)).transpose(-2, -3).flatten(-2).flatten(-3, -2)

    def _bank(self, flat: Tensor, shape: Sequence[int]) -> Tensor:
        rows, units = shape
        if self.groups == 1:
            return flat.unflatten(-1, (rows, units)).flatten(-4, -3)
        apart = flat.unflatten(-2, (self.copies, self.groups)).unflatten(-1, (rows, -1))
        return apart.transpose(-2, -3).flatten(-2).flatten(-4, -3)


class Part(Mixing):
    """One copy of a bank."""

    def __init__(self, name: str, copies: int, which: int) -> None:
        super().__init__(name)
        self.copies, self.which = copies, which

    def forward(self, run: Pass, bank: Tensor) -> tuple[Tensor, None]:
        return bank.unflatten(0, (-1, self.copies))[:, self.which], None

    def backward(self, grad: Tensor, saved: None, parameters: Any, into: Any, wanted: Sequence[bool]) -> Given:
        whole = grad.new_zeros(*grad.shape[:-2], self.copies, *grad.shape[-2:])
        whole[..., self.which, :, :] = grad
        return (whole.flatten(-4, -3),)


class Blend(Mixing):
    """Values of one width, weighed: y = sum_l b_l x_l, with learned b that begin as 0 but for the last's 1."""

    def __init__(self, name: str, owner: str, values: int) -> None:
        super().__init__(name)
        self.begin = torch.zeros(1, values)
        self.begin[0, -1] = 1.0
        self.specs = [Spec(f"{name}.blend", owner, (1, values), 0.0)]

    def weights(self, parameters: list[Tensor]) -> Tensor:
        """`[replica, 1, value]`."""
        learned = parameters[self.first]
        return learned + self.begin.to(learned.dtype)

    def forward(self, run: Pass, *values: Tensor) -> tuple[Tensor, Tensor]:
        stacked = torch.stack(values, 1)
        return (stacked * self.weights(run.parameters).transpose(1, 2).unsqueeze(-1)).sum(1), stacked

    def backward(
        self, grad: Tensor, saved: Tensor, parameters: list[Tensor], into: list[Tensor], wanted: Sequence[bool]
    ) -> Given:
        into[self.first].copy_((grad.unsqueeze(-3) * saved).sum((-1, -2)).unsqueeze(-2))
        weights = self.weights(parameters).unbind(-1)
        return tuple(grad * weight.unsqueeze(-1) if asked else None for weight, asked in zip(weights, wanted, strict=True))


class Join(Mixing):
    """The units of several values side by side."""

    def forward(self, run: Pass, *values: Tensor) -> tuple[Tensor, list[int]]:
        return torch.cat(values, -1), [value.shape[-1] for value in values]

    def backward(self, grad: Tensor, saved: list[int], parameters: Any, into: Any, wanted: Sequence[bool]) -> Given:
        parts = grad.split(saved, -1)
        return tuple(part if asked else None for part, asked in zip(parts, wanted, strict=True))


class Masked(Mixing):
    """A value, unit by unit times a mask: y = m x. inputs: the mask, the value."""

    affine = False

    def forward(self, run: Pass, mask: Tensor, value: Tensor) -> tuple[Tensor, tuple]:
        return mask * value, (mask, value)

    def backward(self, grad: Tensor, saved: tuple, parameters: Any, into: Any, wanted: Sequence[bool]) -> Given:
        mask, value = saved
        return (grad * value if wanted[0] else None, grad * mask if wanted[1] else None)

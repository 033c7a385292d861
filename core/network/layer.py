"""One layer with a replica axis: matrix product and bias, batch norm, activation (or these two swapped), dropout.

Forward, and backward by hand. Knows nothing of tasks or training. Features are `[replica, row, unit]`; a gradient may have
a task axis before that, and then so have the parameters' gradients. Several layers of one size may be a *bank* of copies, each
with parameters of its own: these have a copy axis behind the replicas', and features are `[replica x copy, row, unit]`.

The backward passes are those of the textbooks, and
each is held against autograd by the tests. Batch norm: Ioffe and Szegedy 2015, with the momentum and the two variances
(biased to normalise, unbiased to remember) of `torch.nn.BatchNorm1d`. Dropout: Srivastava 2014, inverted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from types import ModuleType
from typing import Any

import torch
from torch import Tensor

from core.experiment import Layer, Network
from core.network.activations import ACTIVATIONS
from core.network.parameters import Spec

MOMENTUM, EPSILON = 0.1, 1e-5


class Bent(Enum):
    """Which replicas an activation acts on: all, the first half (the others are their twins without), or none."""

    ALL = "all"
    HALF = "half"
    NONE = "none"


def bent_of(network: Network) -> Bent:
    """What the document asks of every layer."""
    if not network.nonlinear:
        return Bent.NONE
    return Bent.HALF if network.twin else Bent.ALL


@dataclass
class Pass:
    """What a forward pass is given and what it leaves for the backward pass.

    train: use the batch's own statistics and dropout. remember: let batch norm update its running ones.
    buffers: running mean and variance `[replica, 1, unit]` by layer name, changed in place.
    """

    parameters: list[Tensor]
    buffers: dict[str, Tensor]
    train: bool = False
    remember: bool = True
    generator: torch.Generator | None = None


class Dense:
    """A layer from `inputs` to `layer.width` units; copies: how many of them side by side, 0 for one without a copy axis.

    `first` is the place of its weight among all parameters.

    bent: None for an output, which never has an activation. Otherwise initial weights suit the activation also where
    it is taken out, so that networks with and without it start from the same ones.
    """

    activation: ModuleType
    params: Any

    affine = True

    def __init__(
        self, name: str, owner: str, inputs: int, layer: Layer, bent: Bent | None, first: int = 0, copies: int = 0
    ) -> None:
        self.name, self.first, self.layer, self.copies = name, first, layer, copies
        self.is_output = bent is None
        self.bent = bent or Bent.NONE
        self._first_half: Tensor | None = None
        gain = 1.0
        if bent is not None:
            self.activation, self.params = ACTIVATIONS.resolve(layer.activation.name, layer.activation.params)
            gain = self.activation.GAIN(self.params)
        width, fan, lead = layer.width, inputs**-0.5, (copies,) if copies else ()
        self.specs = [
            Spec(f"{name}.weight", owner, (*lead, inputs, width), gain * fan, matrix=True),
            Spec(f"{name}.bias", owner, (*lead, 1, width), fan),
        ]
        if layer.batch_norm:
            self.specs += [
                Spec(f"{name}.scale", owner, (*lead, 1, width), 0.0, center=1.0),
                Spec(f"{name}.shift", owner, (*lead, 1, width), 0.0),
            ]
        learned = {} if bent is None else getattr(self.activation, "LEARNED", {})
        self.plain = bent is Bent.ALL and not learned
        self._learned = range(len(self.specs), len(self.specs) + len(learned))
        self.specs += [
            Spec(f"{name}.{key}", owner, (*lead, 1, 1), 0.0, center=begin(self.params)) for key, begin in learned.items()
        ]

    def buffers(self, replicas: int) -> dict[str, Tensor]:
        if not self.layer.batch_norm:
            return {}
        shape = (replicas, self.copies, 1, self.layer.width) if self.copies else (replicas, 1, self.layer.width)
        return {f"{self.name}.mean": torch.zeros(shape), f"{self.name}.variance": torch.ones(shape)}

    def beside(self, values: Tensor) -> Tensor:
        """The units of all copies side by side: `[replica, row, unit]`."""
        if not self.copies:
            return values
        return values.unflatten(0, (-1, self.copies)).transpose(1, 2).flatten(2)

    def _of(self, block: Tensor) -> Tensor:
        return block.flatten(0, 1) if self.copies else block

    def forward(self, run: Pass, x: Tensor) -> tuple[Tensor, tuple]:
        """y `[replica, row, unit]`, and what `backward` needs. All copies of a bank may have the same x."""
        weight, bias = self._of(run.parameters[self.first]), self._of(run.parameters[self.first + 1])
        common = bool(self.copies) and len(x) < len(weight)
        if common:
            x = x.unsqueeze(1).expand(-1, self.copies, -1, -1).flatten(0, 1)
        z = torch.baddbmm(bias, x, weight)
        normed = mask = None
        if self.layer.batch_norm and not self.layer.norm_last:
            z, normed = self._norm(z, run)
        out = y = self._bend(z, run.parameters)
        if self.layer.batch_norm and self.layer.norm_last:
            out, normed = self._norm(y, run)
        if run.train and self.layer.dropout:
            mask = self._mask(y, run.generator)
            out = out * mask
        return out, (x, z, y, normed, mask, common)

    def _bend(self, z: Tensor, parameters: list[Tensor]) -> Tensor:
        if self.plain:
            return self.activation.forward(z, self.params)
        if self.bent is Bent.NONE:
            return z
        y = self.activation.forward(z, self.params, *[self._of(parameters[self.first + each]) for each in self._learned])
        return torch.lerp(z, y, self._acts(z.shape[0], z.dtype)) if self.bent is Bent.HALF else y

    def _unbend(self, grad: Tensor, z: Tensor, y: Tensor, parameters: list[Tensor], into: list[Tensor]) -> Tensor:
        """The gradient by z, from the one by y. Those by what the activation learns go to `into`: 0 where it does not act."""
        if self.plain:
            return self.activation.backward(grad, z, y, self.params)
        learned = [self._of(parameters[self.first + each]) for each in self._learned]
        blocks = [into[self.first + each] for each in self._learned]
        if self.bent is Bent.NONE:
            for block in blocks:
                block.zero_()
            return grad
        found = self.activation.backward(grad, z, y, self.params, *learned)
        by_z, by_learned = found if learned else (found, [])
        acts = self._acts(z.shape[0], z.dtype) if self.bent is Bent.HALF else None
        for block, by in zip(blocks, by_learned, strict=True):
            block.copy_((by if acts is None else by * acts).view_as(block))
        return by_z if acts is None else torch.lerp(grad, by_z, acts)

    def _acts(self, lanes: int, kind: torch.dtype) -> Tensor:
        """1 where the activation acts, else 0, `[lane, 1, 1]`.

        Computing it everywhere and choosing by `lerp`, exact at both ends, is quicker than cutting lanes apart.
        """
        if self._first_half is None or self._first_half.shape[0] != lanes:
            with torch.inference_mode(False):  # whoever asks first, it serves all
                self._first_half = (torch.arange(lanes) < lanes // 2).float().view(-1, 1, 1)
        return self._first_half.to(kind)

    def _mask(self, y: Tensor, generator: torch.Generator | None) -> Tensor:
        """Which units stay, scaled up; twins lose the same ones."""
        keep = 1.0 - self.layer.dropout
        drawn = y[: y.shape[0] // 2] if self.bent is Bent.HALF else y
        mask = torch.empty_like(drawn).bernoulli_(keep, generator=generator).div_(keep)
        return torch.cat([mask, mask]) if self.bent is Bent.HALF else mask

    def backward(
        self, grad: Tensor, saved: tuple, parameters: list[Tensor], into: list[Tensor], wanted: Sequence[bool]
    ) -> Sequence[Tensor | None]:
        """Writes the parameters' gradients into `into`; gives the one by the layer's input, if it is `wanted`."""
        x, delta = self.delta(grad, saved, parameters, into)
        first = self.first
        # bmm takes less than half of matmul's time on small layers, but knows no task axis.
        product = torch.bmm if delta.dim() == 3 else torch.matmul
        if self.copies:
            into[first].copy_(product(x.transpose(1, 2), delta).view_as(into[first]))
            into[first + 1].copy_(delta.sum(-2).view_as(into[first + 1]))
        else:
            product(x.transpose(1, 2), delta, out=into[first])
            torch.sum(delta, -2, keepdim=True, out=into[first + 1])
        return (self.onwards(delta, saved, parameters),) if wanted[0] else (None,)

    def delta(self, grad: Tensor, saved: tuple, parameters: list[Tensor], into: list[Tensor]) -> tuple[Tensor, Tensor]:
        """What came in `[replica x copy, row, input]`, and the gradient by the sums `[.., row, unit]`: their product over the
        rows is the gradient by the weights, and the sum of the latter the one by the bias. Those by all other parameters are
        written into `into`."""
        x, z, y, normed, mask, _ = saved
        if mask is not None:
            grad = grad * mask
        if normed is not None and self.layer.norm_last:
            grad = self._norm_backward(grad, normed, parameters, into)
        grad = self._unbend(grad, z, y, parameters, into)
        if normed is not None and not self.layer.norm_last:
            grad = self._norm_backward(grad, normed, parameters, into)
        return x, grad

    def onwards(self, delta: Tensor, saved: tuple, parameters: list[Tensor]) -> Tensor:
        """The gradient by the layer's input, from the one by its sums."""
        weight = self._of(parameters[self.first])
        if delta.dim() > 3 and len(weight) == 1:  # one product for all tasks takes four fifths of the time
            by_input = torch.nn.functional.linear(delta, weight[0])
        else:
            by_input = (torch.bmm if delta.dim() == 3 else torch.matmul)(delta, weight.transpose(1, 2))
        *_, common = saved
        return by_input.unflatten(-3, (-1, self.copies)).sum(-3) if common else by_input

    def _norm(self, z: Tensor, run: Pass) -> tuple[Tensor, tuple | None]:
        scale, shift = self._of(run.parameters[self.first + 2]), self._of(run.parameters[self.first + 3])
        mean, variance = self._of(run.buffers[f"{self.name}.mean"]), self._of(run.buffers[f"{self.name}.variance"])
        if not run.train:
            return torch.addcmul(shift, (z - mean) * torch.rsqrt(variance + EPSILON), scale), None
        rows = z.shape[1]
        center = z.mean(1, keepdim=True)
        spread = z.var(1, correction=0, keepdim=True)
        if run.remember:
            mean.lerp_(center, MOMENTUM)
            variance.lerp_(spread * (rows / max(rows - 1, 1)), MOMENTUM)
        inverse = torch.rsqrt(spread + EPSILON)
        unit = (z - center) * inverse
        return torch.addcmul(shift, unit, scale), (unit, inverse)

    def _norm_backward(self, grad: Tensor, normed: tuple, parameters: list[Tensor], into: list[Tensor]) -> Tensor:
        unit, inverse = normed
        first = self.first
        along = torch.sum(grad * unit, -2, keepdim=True)
        total = torch.sum(grad, -2, keepdim=True)
        into[first + 2].copy_(along.view_as(into[first + 2]))
        into[first + 3].copy_(total.view_as(into[first + 3]))
        rows = unit.shape[1]
        return (self._of(parameters[first + 2]) * inverse) * (grad - total / rows - unit * (along / rows))

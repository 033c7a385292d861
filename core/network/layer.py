"""One layer with a replica axis: matrix product and bias, batch norm, activation, dropout; forward, and backward by hand.

Knows nothing of tasks or training. Features are `[replica, row, unit]`; a gradient may have a task axis before
that, and then so have the parameters' gradients. The backward passes are those of the textbooks, and each is
held against autograd by the tests. Batch norm: Ioffe and Szegedy 2015, with the momentum and the two variances
(biased to normalise, unbiased to remember) of `torch.nn.BatchNorm1d`. Dropout: Srivastava 2014, inverted.
"""

from dataclasses import dataclass
from types import ModuleType
from typing import Any

import torch
from torch import Tensor

from core.experiment import Layer
from core.network.activations import ACTIVATIONS
from core.network.parameters import Spec

MOMENTUM, EPSILON = 0.1, 1e-5


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
    """A layer from `inputs` to `layer.width` units. `first` is the place of its weight among all parameters."""

    def __init__(self, name: str, owner: str, first: int, inputs: int, layer: Layer, nonlinear: bool) -> None:
        self.name, self.first, self.layer = name, first, layer
        choice = layer.activation if nonlinear else None
        self.activation: ModuleType | None = None
        self.params: Any = None
        gain = 1.0
        if choice is not None:
            self.activation, self.params = ACTIVATIONS.resolve(choice.name, choice.params)
            gain = self.activation.GAIN(self.params)
        width, fan = layer.width, inputs**-0.5
        self.specs = [
            Spec(f"{name}.weight", owner, (inputs, width), gain * fan, matrix=True),
            Spec(f"{name}.bias", owner, (1, width), fan),
        ]
        if layer.batch_norm:
            self.specs += [
                Spec(f"{name}.scale", owner, (1, width), 0.0, center=1.0),
                Spec(f"{name}.shift", owner, (1, width), 0.0),
            ]

    def buffers(self, replicas: int) -> dict[str, Tensor]:
        if not self.layer.batch_norm:
            return {}
        shape = (replicas, 1, self.layer.width)
        return {f"{self.name}.mean": torch.zeros(shape), f"{self.name}.variance": torch.ones(shape)}

    def forward(self, x: Tensor, run: Pass) -> tuple[Tensor, tuple]:
        """y `[replica, row, unit]`, and what `backward` needs."""
        weight, bias = run.parameters[self.first], run.parameters[self.first + 1]
        z = torch.baddbmm(bias, x, weight)
        normed = None
        if self.layer.batch_norm:
            z, normed = self._norm(z, run)
        y = z if self.activation is None else self.activation.forward(z, self.params)
        out, mask = y, None
        if run.train and self.layer.dropout:
            keep = 1.0 - self.layer.dropout
            mask = torch.empty_like(y).bernoulli_(keep, generator=run.generator).div_(keep)
            out = y * mask
        return out, (x, z, y, normed, mask)

    def backward(self, grad: Tensor, saved: tuple, parameters: list[Tensor], into: list[Tensor], inputs: bool) -> Tensor | None:
        """Writes the parameters' gradients into `into`; the gradient by the layer's input, if `inputs` asks for it."""
        x, z, y, normed, mask = saved
        if mask is not None:
            grad = grad * mask
        if self.activation is not None:
            grad = self.activation.backward(grad, z, y, self.params)
        if normed is not None:
            grad = self._norm_backward(grad, normed, parameters, into)
        first = self.first
        # bmm takes less than half of matmul's time on small layers, but knows no task axis.
        product = torch.bmm if grad.dim() == 3 else torch.matmul
        product(x.transpose(1, 2), grad, out=into[first])
        torch.sum(grad, -2, keepdim=True, out=into[first + 1])
        return product(grad, parameters[first].transpose(1, 2)) if inputs else None

    def _norm(self, z: Tensor, run: Pass) -> tuple[Tensor, tuple | None]:
        scale, shift = run.parameters[self.first + 2], run.parameters[self.first + 3]
        mean, variance = run.buffers[f"{self.name}.mean"], run.buffers[f"{self.name}.variance"]
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
        into[first + 2].copy_(along)
        into[first + 3].copy_(total)
        rows = unit.shape[1]
        return (parameters[first + 2] * inverse) * (grad - total / rows - unit * (along / rows))

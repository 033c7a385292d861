"""Reading word by word with a memory: LSTM and GRU, as `torch.nn.LSTM` and `torch.nn.GRU` compute them. Backward by hand.

LSTM: Hochreiter and Schmidhuber 1997, with the forget gate of Gers, Schmidhuber and Cummins 2000. GRU: Cho et al. 2014
(arXiv:1406.1078), in the form that resets after the product. All replicas go through a word at once. It gives the memory
after a row's last word, 0 where it has none. What stands after that is computed and then not used, so it has no influence.
Knows nothing of words: each is `[replica, row, word, number]`. A gradient may have a task axis before that.
"""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from core.network.embedding import lengths, places_of
from core.network.layer import Pass
from core.network.mixing import Given, Mixing
from core.network.parameters import SHARED, Spec

FORGET = 1.0
"""What the bias of the forget gate begins around: at first an LSTM remembers (Jozefowicz, Zaremba and Sutskever 2015)."""


class Recurrent(Mixing):
    """What both have in common. inputs: the words' numbers, the features. gates: products `[number, gate x unit]` per word."""

    affine = False
    gates: int

    def __init__(self, name: str, skip: int, inputs: int, width: int) -> None:
        super().__init__(name)
        self.skip, self.width = skip, width
        spread = width**-0.5
        self.specs = [
            Spec(f"{name}.from_word", SHARED, (inputs, self.gates * width), spread, matrix=True),
            Spec(f"{name}.from_memory", SHARED, (width, self.gates * width), spread, matrix=True),
            Spec(f"{name}.bias", SHARED, (1, self.gates * width), spread),
        ]

    def forward(self, run: Pass, words: Tensor, features: Tensor) -> tuple[Tensor, tuple]:
        replicas, rows, steps, inputs = words.shape
        weight, bias = run.parameters[self.first], run.parameters[self.first + 2]
        ends = lengths(places_of(features, self.skip))
        x = words.transpose(1, 2).reshape(replicas, steps * rows, inputs)
        z = torch.baddbmm(bias, x, weight).view(replicas, steps, rows, -1)
        memory, kept = self.read(z, run.parameters)
        last = (ends - 1).clamp(min=0)[:, None, :, None].expand(-1, 1, -1, self.width)
        value = memory.gather(1, last)[:, 0] * (ends > 0).unsqueeze(-1)
        return value, (x, memory, ends, kept)

    def backward(
        self, grad: Tensor, saved: tuple, parameters: list[Tensor], into: list[Tensor], wanted: Sequence[bool]
    ) -> Given:
        x, memory, ends, kept = saved
        steps = memory.shape[1]
        at_end = [(ends == step + 1).unsqueeze(-1).to(grad.dtype) for step in range(steps)]
        before = torch.cat([torch.zeros_like(memory[:, :1]), memory[:, :-1]], 1)
        by_word, by_memory = self.unread(grad, at_end, before, kept, parameters, into)
        rows = before.flatten(1, 2).transpose(1, 2)
        into[self.first].copy_(x.transpose(1, 2) @ by_word.flatten(-3, -2))
        into[self.first + 1].copy_(rows @ by_memory.flatten(-3, -2))
        into[self.first + 2].copy_(by_word.flatten(-3, -2).sum(-2, keepdim=True))
        by_x = by_word.flatten(-3, -2) @ parameters[self.first].transpose(1, 2)
        return (by_x.unflatten(-2, (steps, -1)).transpose(-3, -2), None)

    @abstractmethod
    def read(self, z: Tensor, parameters: list[Tensor]) -> tuple[Tensor, Any]:
        """From what the words say `[replica, word, row, gate x unit]` to the memory after each `[replica, word, row, unit]`."""

    @abstractmethod
    def unread(
        self, grad: Tensor, at_end: list[Tensor], before: Tensor, kept: Any, parameters: list[Tensor], into: list[Tensor]
    ) -> tuple[Tensor, Tensor]:
        """From the gradient by the memory at each row's end to those by the products of words and of the memory before,
        `[..., replica, word, row, gate x unit]`; writes those by parameters that only this reader has."""


class LSTM(Recurrent):
    """Gates input, forget, output, and what is new: c = f c + i n, h = o tanh(c)."""

    gates = 4

    def __init__(self, name: str, skip: int, inputs: int, width: int) -> None:
        super().__init__(name, skip, inputs, width)
        self.shift = torch.zeros(4, width)
        self.shift[1] = FORGET
        self.shift = self.shift.view(1, 1, 1, -1)

    def read(self, z: Tensor, parameters: list[Tensor]) -> tuple[Tensor, tuple]:
        weight, width = parameters[self.first + 1], self.width
        z = z + self.shift.to(z.dtype)
        h = c = z.new_zeros(z.shape[0], z.shape[2], width)
        found: list[tuple[Tensor, ...]] = []
        for step in z.unbind(1):
            step = torch.baddbmm(step, h, weight)
            gate, new = torch.sigmoid(step[..., : 3 * width]), torch.tanh(step[..., 3 * width :])
            i, f, o = gate.split(width, -1)
            c = torch.addcmul(f * c, i, new)
            t = torch.tanh(c)
            h = o * t
            found.append((gate, new, c, t, h))
        gates, news, cells, bent, memory = zip(*found, strict=True)
        return torch.stack(memory, 1), (gates, news, cells, bent)

    def unread(
        self, grad: Tensor, at_end: list[Tensor], before: Tensor, kept: Any, parameters: list[Tensor], into: list[Tensor]
    ) -> tuple[Tensor, Tensor]:
        gates, news, cells, bent = kept
        back = parameters[self.first + 1].transpose(1, 2)
        h = c = torch.zeros_like(grad)
        found = []
        for step in reversed(range(len(gates))):
            i, f, o = gates[step].split(self.width, -1)
            t, new = bent[step], news[step]
            h = h + grad * at_end[step]
            c = c + h * (o * (1.0 - t * t))
            last = cells[step - 1] if step else torch.zeros_like(t)
            slope = gates[step] * (1.0 - gates[step])
            z = torch.cat([torch.cat([c * new, c * last, h * t], -1) * slope, c * (i * (1.0 - new * new))], -1)
            found.append(z)
            h, c = z @ back, c * f
        z = torch.stack(found[::-1], -3)
        return z, z


class GRU(Recurrent):
    """Gates reset and update, and what is new: n = tanh(x + r m), h = (1 - u) n + u h; m has a bias of its own."""

    gates = 3

    def __init__(self, name: str, skip: int, inputs: int, width: int) -> None:
        super().__init__(name, skip, inputs, width)
        self.specs.append(Spec(f"{name}.bias_of_memory", SHARED, (1, width), width**-0.5))

    def read(self, z: Tensor, parameters: list[Tensor]) -> tuple[Tensor, tuple]:
        weight, bias, width = parameters[self.first + 1], parameters[self.first + 3], self.width
        h = z.new_zeros(z.shape[0], z.shape[2], width)
        found: list[tuple[Tensor, ...]] = []
        for step in z.unbind(1):
            product = torch.bmm(h, weight)
            gate = torch.sigmoid(step[..., : 2 * width] + product[..., : 2 * width])
            m = product[..., 2 * width :] + bias
            r, u = gate.split(width, -1)
            new = torch.tanh(torch.addcmul(step[..., 2 * width :], r, m))
            h = torch.lerp(new, h, u)
            found.append((gate, new, m, h))
        gates, news, products, memory = zip(*found, strict=True)
        return torch.stack(memory, 1), (gates, news, products)

    def unread(
        self, grad: Tensor, at_end: list[Tensor], before: Tensor, kept: Any, parameters: list[Tensor], into: list[Tensor]
    ) -> tuple[Tensor, Tensor]:
        gates, news, products = kept
        back = parameters[self.first + 1].transpose(1, 2)
        h = torch.zeros_like(grad)
        words, memories = [], []
        for step in reversed(range(len(gates))):
            gate, new, m = gates[step], news[step], products[step]
            r, u = gate.split(self.width, -1)
            h = h + grad * at_end[step]
            by_new = h * ((1.0 - u) * (1.0 - new * new))
            by_gates = torch.cat([by_new * m, h * (before[:, step] - new)], -1) * (gate * (1.0 - gate))
            words.append(torch.cat([by_gates, by_new], -1))
            memories.append(torch.cat([by_gates, by_new * r], -1))
            h = h * u + memories[-1] @ back
        by_word, by_memory = torch.stack(words[::-1], -3), torch.stack(memories[::-1], -3)
        into[self.first + 3].copy_(by_memory[..., 2 * self.width :].flatten(-3, -2).sum(-2, keepdim=True))
        return by_word, by_memory

"""The gate of DSelect-k: selectors that come to choose one expert each. Forward, and backward by hand.

Hazimeh et al. 2021, arXiv:2106.03760, section 3. Knows nothing of experts but how many there are, a power of 2.
"""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from core.network.layer import Pass
from core.network.mixing import Given, Mixing
from core.network.parameters import Spec


class Selection(Mixing):
    """Weights `[replica, row, expert]`, or of one row for all. inputs: how many features it goes by; 0: one for every row.

    Each selector has a number z for each bit, and one, alpha, for how much it counts. They begin near 0: nothing is chosen.
    """

    affine = False

    def __init__(self, name: str, owner: str, selectors: int, bits: int, gamma: float, inputs: int = 0) -> None:
        super().__init__(name)
        self.selectors, self.bits, self.gamma, self.inputs = selectors, bits, gamma, inputs
        experts = torch.arange(2**bits)
        self.ones = ((experts.unsqueeze(1) >> torch.arange(bits)) & 1).bool()
        small = gamma / 10.0
        size, numbers = max(inputs, 1), selectors * bits
        fan = size**-0.5 if inputs else 1.0
        self.specs = [
            Spec(f"{name}.bits", owner, (size, numbers), small * fan, matrix=bool(inputs)),
            Spec(f"{name}.shares", owner, (size, selectors), 0.05 * fan, matrix=bool(inputs)),
        ]

    def forward(self, run: Pass, *values: Tensor) -> tuple[Tensor, tuple]:
        bits, shares = run.parameters[self.first], run.parameters[self.first + 1]
        x = values[0] if values else None
        z = (bits if x is None else x @ bits).unflatten(-1, (self.selectors, self.bits))
        alpha = torch.softmax(shares if x is None else x @ shares, -1)
        step, slope = self._step(z)
        factors = torch.where(self.ones, step.unsqueeze(-2), 1.0 - step.unsqueeze(-2))  # [.., selector, expert, bit]
        chosen = factors.prod(-1)
        return (alpha.unsqueeze(-1) * chosen).sum(-2), (x, alpha, slope, factors, chosen)

    def _step(self, z: Tensor) -> tuple[Tensor, Tensor]:
        """The smooth step, equation 4, and its slope."""
        t = (z / self.gamma).clamp(-0.5, 0.5)
        return -2.0 * t**3 + 1.5 * t + 0.5, (1.5 - 6.0 * t**2) / self.gamma

    def backward(
        self, grad: Tensor, saved: tuple, parameters: list[Tensor], into: list[Tensor], wanted: Sequence[bool]
    ) -> Given:
        x, alpha, slope, factors, chosen = saved
        by_alpha = (grad.unsqueeze(-2) * chosen).sum(-1)
        along = by_alpha * alpha
        by_shares = along - alpha * along.sum(-1, keepdim=True)
        by_chosen = grad.unsqueeze(-2) * alpha.unsqueeze(-1)
        sign = torch.where(self.ones, 1.0, -1.0)
        others = torch.stack([_without(factors, bit) for bit in range(self.bits)], -1)
        by_bits = ((by_chosen.unsqueeze(-1) * others * sign).sum(-2) * slope).flatten(-2)
        if x is None:
            into[self.first].copy_(by_bits)
            into[self.first + 1].copy_(by_shares)
            return ()
        into[self.first].copy_(x.transpose(1, 2) @ by_bits)
        into[self.first + 1].copy_(x.transpose(1, 2) @ by_shares)
        if not wanted[0]:
            return (None,)
        bits, shares = parameters[self.first], parameters[self.first + 1]
        return (by_bits @ bits.transpose(1, 2) + by_shares @ shares.transpose(1, 2),)


def _without(factors: Tensor, bit: int) -> Any:
    """The product of all factors but one."""
    return torch.cat([factors[..., :bit], factors[..., bit + 1 :]], -1).prod(-1)

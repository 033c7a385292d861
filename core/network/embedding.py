"""Words as numbers that are learned: the first steps of a network that reads texts. Forward, and backward by hand.

Knows nothing of where words come from. Features are `[replica, row, feature]`: some of a table, and after them the numbers of a
row's words, 0 after its last. A word's numbers are `[replica, row, word, number]`; a gradient may have a task axis before that.
"""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from core.network.layer import Pass
from core.network.mixing import Given, Mixing
from core.network.parameters import SHARED, Spec


class Columns(Mixing):
    """The first features, those of a table."""

    def __init__(self, name: str, count: int) -> None:
        super().__init__(name)
        self.count = count

    def forward(self, run: Pass, features: Tensor) -> tuple[Tensor, None]:
        return features[..., : self.count], None

    def backward(self, grad: Tensor, saved: None, parameters: Any, into: Any, wanted: Sequence[bool]) -> Given:
        return (None,)


class Embedding(Mixing):
    """Of each word of a row `size` numbers of its own. skip: so many features come before the words; words: so many there are.

    Only as many places as the batch's longest row has are gone through.
    """

    affine = False

    def __init__(self, name: str, skip: int, words: int, size: int) -> None:
        super().__init__(name)
        self.skip = skip
        self.specs = [Spec(f"{name}.words", SHARED, (words, size), 1.0, matrix=True)]

    def forward(self, run: Pass, features: Tensor) -> tuple[Tensor, Tensor]:
        numbers = run.parameters[self.first]
        places = places_of(features, self.skip)
        replicas, words, size = numbers.shape
        places = places + words * torch.arange(replicas).view(-1, 1, 1)
        return numbers.reshape(-1, size)[places.flatten()].view(*places.shape, size), places

    def backward(self, grad: Tensor, saved: Tensor, parameters: Any, into: list[Tensor], wanted: Sequence[bool]) -> Given:
        block = into[self.first]
        block.zero_()
        replicas, words, size = block.shape[-3:]
        for task, part in enumerate(grad.reshape(-1, saved.numel(), size)):
            block.view(-1, replicas * words, size)[task].index_add_(0, saved.flatten(), part)
        return (None,)


class Mean(Mixing):
    """The mean of a row's words, whatever their order; of no words 0. inputs: their numbers, the features."""

    def __init__(self, name: str, skip: int) -> None:
        super().__init__(name)
        self.skip = skip

    def forward(self, run: Pass, words: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        known = (places_of(features, self.skip) > 0).to(words.dtype)
        share = (known / known.sum(-1, keepdim=True).clamp(min=1.0)).unsqueeze(-1)
        return (words * share).sum(-2), share

    def backward(self, grad: Tensor, saved: Tensor, parameters: Any, into: Any, wanted: Sequence[bool]) -> Given:
        return (grad.unsqueeze(-2) * saved, None)


def places_of(features: Tensor, skip: int) -> Tensor:
    """The numbers of the words `[replica, row, word]`, int64, without the places that no row of these uses (but one)."""
    places = features[..., skip:].long()
    used = int(lengths(places).max()) if places.numel() else 0
    return places[..., : max(used, 1)]


def lengths(places: Tensor) -> Tensor:
    """How many words each row has `[replica, row]`."""
    return (places > 0).sum(-1)

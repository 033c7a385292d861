"""All rows, once an epoch."""

import torch

from core.sampling import SAMPLING


def test_every_row_once_in_an_order_of_the_generator() -> None:
    module, params = SAMPLING.resolve("all")
    first, again, other = (module.order(params, 50, torch.Generator().manual_seed(seed)) for seed in (1, 1, 2))
    assert sorted(first.tolist()) == list(range(50))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)

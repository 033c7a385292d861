"""MTAN: masks wide open leave hard sharing; sizes; a mask that is shut."""

import torch

from core.network.parameters import SHARED
from tests.core.network.sharing.making import begun, count, graph, layers, named, outputs, same


def test_the_size_is_that_of_its_formula() -> None:
    made = graph("mtan")
    masks = layers((6, 6), 6) + layers((4, 4), 4 + 6)
    assert count(made) == layers((6, 4)) + 2 * masks + layers((3, 2), 4) + layers((2,), 4)
    assert sum(spec.size for spec in made.specs if spec.owner == SHARED) == layers((6, 4))


def test_with_masks_wide_open_it_is_hard_sharing_and_shut_it_is_nothing() -> None:
    made, plain = graph("mtan"), graph("hard")
    parameters, other = begun(made), begun(plain)
    have = named(made, parameters)
    for name, block in named(plain, other).items():
        block.copy_(have[name])
    for open_, name in ((200.0, "mask0"), (200.0, "mask1"), (-200.0, "mask1")):
        for layer in range(2):
            have[f"{name}.{layer}.out.weight"].zero_()
            have[f"{name}.{layer}.out.bias"].fill_(open_)
        if name == "mask1" and open_ > 0:
            same(outputs(made, parameters), outputs(plain, other))
    same(outputs(made, parameters)[:1], outputs(plain, other)[:1])
    bias = have["output1.bias"].expand_as(outputs(made, parameters)[1])
    torch.testing.assert_close(outputs(made, parameters)[1], bias)

"""One task feeds the next: who hears whom, sizes, and hard sharing where nobody listens."""

import pytest
import torch

from core.network.parameters import SHARED
from tests.core.network.sharing.making import begun, count, graph, layers, named, outputs, same


def test_the_size_is_that_of_its_formula() -> None:
    made = graph("hierarchical", tasks=("a", "b", "c"))
    assert count(made) == layers((6, 4)) + layers((3, 2), 4) + layers((2,), 4 + 2) + layers((2,), 4 + 2 + 2)


@pytest.mark.parametrize("flow", [True, False])
def test_later_tasks_hear_earlier_ones(flow: bool) -> None:
    made = graph("hierarchical", tasks=("a", "b", "c"), flow=flow)
    parameters = begun(made)
    before = outputs(made, parameters)
    named(made, parameters)["output1.bias"].add_(1.0)
    after = outputs(made, parameters)
    assert [torch.equal(one, other) for one, other in zip(before, after, strict=True)] == [True, False, False]
    owners = {spec.name: spec.owner for spec in made.specs}
    assert owners["output1.bias"] == (SHARED if flow else "b")
    assert owners["output2.bias"] == "c"


def test_where_nobody_listens_it_is_hard_sharing() -> None:
    made, plain = graph("hierarchical"), graph("hard")
    parameters, other = begun(made), begun(plain)
    have = named(made, parameters)
    have["output1.weight"][:, 4:] = 0.0
    for name, block in named(plain, other).items():
        block.copy_(have[name][..., : block.shape[-2], :])
    same(outputs(made, parameters), outputs(plain, other))

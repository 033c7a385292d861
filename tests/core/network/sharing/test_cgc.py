"""CGC: without experts of its own for a task it is MMoE; no task hears another one's own experts."""

import torch

from core.network.parameters import SHARED
from tests.core.network.sharing.making import begun, count, graph, layers, named, outputs, same


def test_the_size_is_that_of_its_formula() -> None:
    made = graph("cgc", experts=3, own=2)
    assert count(made) == (3 + 2 * 2) * layers((6, 4)) + 2 * (5 + 1) * 5 + layers((3, 2), 4) + layers((2,), 4)
    assert sum(spec.size for spec in made.specs if spec.owner == SHARED) == 3 * layers((6, 4))


def test_without_experts_of_its_own_it_is_mmoe() -> None:
    made, plain = graph("cgc", experts=3, own=0), graph("mmoe", experts=3)
    assert [(spec.name, spec.shape) for spec in made.specs] == [(spec.name, spec.shape) for spec in plain.specs]
    parameters = begun(made)
    same(outputs(made, parameters), outputs(plain, parameters))


def test_an_expert_of_one_task_is_heard_by_no_other() -> None:
    made = graph("cgc")
    parameters = begun(made)
    before = outputs(made, parameters)
    named(made, parameters)["expert0.0.weight"].add_(1.0)
    after = outputs(made, parameters)
    assert not torch.equal(before[0], after[0])
    assert torch.equal(before[1], after[1])

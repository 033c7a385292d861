"""PLE: of one level without experts of its own it is MMoE, with them CGC; the sizes of its levels."""

import pytest
import torch
from torch import Tensor

from tests.core.network.sharing.making import begun, count, features, graph, layers, named, outputs, same


def test_the_size_is_that_of_its_formula() -> None:
    made = graph("ple", experts=3, own=2)
    experts = 3 + 2 * 2
    first = experts * (5 + 1) * 6 + 2 * (5 + 1) * (3 + 2) + (5 + 1) * experts
    second = experts * (6 + 1) * 4 + 2 * (6 + 1) * (3 + 2)
    assert count(made) == first + second + layers((3, 2), 4) + layers((2,), 4)


@pytest.mark.parametrize(("own", "other"), [(0, "mmoe"), (2, "cgc")])
def test_of_one_level_it_is_one_of_the_simpler_ones(own: int, other: str) -> None:
    made = graph("ple", trunk=(6,), experts=3, own=own)
    plain = graph(other, trunk=(6,), experts=3, **({"own": own} if own else {}))
    parameters, known = begun(made), begun(plain)
    have = named(made, parameters)
    for name, block in named(plain, known).items():
        block.copy_(have[name if name.startswith(("tower", "output")) else f"level0.{name.replace('.0.', '.')}"])
    same(outputs(made, parameters), outputs(plain, known))


def test_the_gates_of_a_level_see_what_its_experts_see() -> None:
    """Two levels by hand: each task's gate weighs the shared experts and its own, the gate of all weighs all."""
    made = graph("ple", experts=2, own=1)
    parameters = begun(made)
    at = {name: block[0] for name, block in named(made, parameters).items()}

    def experts(name: str, x: Tensor) -> Tensor:
        """`[expert, row, unit]`"""
        weight = at[f"{name}.weight"]
        return torch.tanh(x @ weight + at[f"{name}.bias"].reshape(len(weight), 1, -1))

    def mixed(gate: str, x: Tensor, *banks: Tensor) -> Tensor:
        weights = torch.softmax(x @ at[f"{gate}.weight"] + at[f"{gate}.bias"], -1)
        return torch.einsum("re,eru->ru", weights, torch.cat(banks))

    x = features()[0]
    shared, own = experts("level0.expert", x), [experts(f"level0.expert{task}", x) for task in range(2)]
    common = mixed("level0.gate", x, shared, *own)
    ends = [mixed(f"level0.gate{task}", x, shared, own[task]) for task in range(2)]
    shared = experts("level1.expert", common)
    ends = [mixed(f"level1.gate{task}", ends[task], shared, experts(f"level1.expert{task}", ends[task])) for task in range(2)]
    tower = torch.tanh(ends[0] @ at["tower0.0.weight"] + at["tower0.0.bias"])
    expected = [tower @ at["output0.weight"] + at["output0.bias"], ends[1] @ at["output1.weight"] + at["output1.bias"]]
    same([output[0] for output in outputs(made, parameters)], expected)
    assert "level1.gate.weight" not in at


def test_without_experts_of_its_own_no_task_has_any() -> None:
    assert not any("expert0" in spec.name for spec in graph("ple", experts=2, own=0).specs)

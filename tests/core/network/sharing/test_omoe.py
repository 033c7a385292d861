"""OMoE: one gate for all; with one expert it is hard sharing."""

from core.network.parameters import SHARED
from tests.core.network.sharing.making import begun, count, graph, layers, named, outputs, same


def test_the_size_is_that_of_its_formula_and_the_gate_is_shared() -> None:
    made = graph("omoe", experts=8)
    assert count(made) == 8 * layers((6, 4)) + (5 + 1) * 8 + layers((3, 2), 4) + layers((2,), 4)
    assert {spec.owner for spec in made.specs if spec.name.startswith("gate")} == {SHARED}


def test_with_one_expert_it_is_hard_sharing() -> None:
    made, plain = graph("omoe", experts=1), graph("hard")
    parameters, other = begun(made), begun(plain)
    have = named(made, parameters)
    for name, block in named(plain, other).items():
        have[name.replace("trunk", "expert")].copy_(block.view_as(have[name.replace("trunk", "expert")]))
    same(outputs(made, parameters), outputs(plain, other))


def test_it_is_mmoe_whose_gates_are_alike() -> None:
    made, many = graph("omoe", experts=3), graph("mmoe", experts=3)
    parameters, other = begun(made), begun(many)
    have = named(made, parameters)
    for name, block in named(many, other).items():
        block.copy_(have[name.replace("gate0", "gate").replace("gate1", "gate")])
    same(outputs(made, parameters), outputs(many, other))

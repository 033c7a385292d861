"""MMoE: with gates fixed to one expert it is hard sharing; gates against a mixture by hand."""

import torch

from core.network.layer import Pass
from core.network.parameters import SHARED
from tests.core.network.sharing.making import begun, count, features, graph, layers, named, outputs, same


def test_the_size_is_that_of_its_formula() -> None:
    made = graph("mmoe", experts=8)
    assert count(made) == 8 * layers((6, 4)) + 2 * (5 + 1) * 8 + layers((3, 2), 4) + layers((2,), 4)
    assert sum(spec.size for spec in made.specs if spec.owner == SHARED) == 8 * layers((6, 4))


def test_with_gates_fixed_to_one_expert_it_is_hard_sharing() -> None:
    made, plain = graph("mmoe", experts=3), graph("hard")
    parameters, other = begun(made), begun(plain)
    have = named(made, parameters)
    for task in range(2):
        have[f"gate{task}.weight"].zero_()
        have[f"gate{task}.bias"].copy_(torch.tensor([[[0.0, 200.0, 0.0]]]))
    for name, block in named(plain, other).items():
        if name.startswith("trunk."):
            have[name.replace("trunk", "expert")][:, 1].copy_(block)
        else:
            have[name].copy_(block)
    same(outputs(made, parameters), outputs(plain, other))


def test_a_task_gets_what_its_gate_weighs() -> None:
    made = graph("mmoe", trunk=(6,), experts=3)
    parameters = begun(made, 2)
    have, x = named(made, parameters), features(2)
    _, saved = made.forward(x, Pass(parameters, {}))
    experts = torch.tanh(torch.einsum("rbi,reiu->rebu", x, have["expert.0.weight"]) + have["expert.0.bias"])
    for task in range(2):
        weights = torch.softmax(x @ have[f"gate{task}.weight"] + have[f"gate{task}.bias"], -1)
        (place,) = [step.place for step in made.steps if step.node.name == f"mixture{task}"]
        torch.testing.assert_close(saved.values[place], torch.einsum("rbe,rebu->rbu", weights, experts))

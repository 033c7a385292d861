"""DSelect-k: selectors that have chosen are one expert each, exactly; sizes."""

import pytest
import torch

from core.errors import UserError
from core.network.layer import Pass
from tests.core.network.sharing.making import begun, count, features, graph, layers, named, outputs, same


def test_the_size_is_that_of_its_formula() -> None:
    heads = layers((3, 2), 4) + layers((2,), 4)
    assert count(graph("dselect-k", experts=8)) == 8 * layers((6, 4)) + 2 * (2 * 3 + 2) + heads
    assert count(graph("dselect-k", experts=8, by_row=True)) == 8 * layers((6, 4)) + 2 * 5 * (2 * 3 + 2) + heads


def test_where_each_task_has_chosen_one_expert_it_is_hard_sharing() -> None:
    made, plain = graph("dselect-k", experts=4, selectors=1), graph("hard")
    parameters, other = begun(made), begun(plain)
    have = named(made, parameters)
    for task in range(2):
        have[f"gate{task}.bits"].copy_(torch.tensor([[[-3.0, 3.0]]]))  # binary 10, the third expert
    for name, block in named(plain, other).items():
        if name.startswith("trunk."):
            have[name.replace("trunk", "expert")][:, 2].copy_(block)
        else:
            have[name].copy_(block)
    same(outputs(made, parameters), outputs(plain, other))


def test_two_selectors_weigh_two_experts_and_no_more() -> None:
    made = graph("dselect-k", experts=4, selectors=2)
    parameters = begun(made)
    have = named(made, parameters)
    have["gate0.bits"].copy_(torch.tensor([[[3.0, 3.0, -3.0, 3.0]]]))
    have["gate0.shares"].copy_(torch.tensor([[[0.0, 1.0]]]))
    _, saved = made.forward(features(), Pass(parameters, {}))
    (place,) = [step.place for step in made.steps if step.node.name == "gate0"]
    share = float(torch.sigmoid(torch.tensor(1.0)))
    torch.testing.assert_close(saved.values[place][0, 0], torch.tensor([0.0, 0.0, share, 1.0 - share]))


def test_other_numbers_of_experts_are_told() -> None:
    with pytest.raises(UserError, match="2, 4, 8 or 16. Found 6"):
        graph("dselect-k", experts=6)

"""Sluice: with one subspace and no skips it is cross-stitch; its blocks against a mixture by hand."""

import pytest
import torch

from core.errors import UserError
from core.network.layer import Pass
from core.network.mixing import Blend, Stitch
from tests.core.network.sharing.making import begun, count, features, graph, layers, named, outputs, same


def test_the_size_is_that_of_its_formula() -> None:
    made = graph("sluice", trunk=(6, 6), subspaces=2)
    assert count(made) == 2 * layers((6, 6)) + 2 * 4**2 + 2 * 2 + layers((3, 2), 6) + layers((2,), 6)


def test_with_one_subspace_and_no_skips_it_is_cross_stitch() -> None:
    made, plain = graph("sluice", subspaces=1, skips=False, keep=0.7), graph("cross-stitch", keep=0.7)
    assert [spec.shape for spec in made.specs] == [spec.shape for spec in plain.specs]
    parameters = begun(plain)
    same(outputs(made, parameters), outputs(plain, parameters))


def test_a_subspace_mixes_with_all_others() -> None:
    stitch = Stitch("s", "", 2, 1.0, 3)
    parameters = [torch.randn(2, 6, 6)]
    bank = torch.randn(2 * 2, 4, 9)
    y, _ = stitch.forward(Pass(parameters, {}), bank)
    blocks = bank.view(2, 2, 4, 3, 3).permute(0, 1, 3, 2, 4).reshape(2, 6, 4, 3)  # [replica, task x subspace, row, unit]
    expected = torch.einsum("rij,rjbu->ribu", parameters[0] + torch.eye(6), blocks)
    torch.testing.assert_close(y, expected.view(2, 2, 3, 4, 3).permute(0, 1, 3, 2, 4).reshape(4, 4, 9))


def test_skips_take_from_all_layers_as_wide_as_the_last() -> None:
    made = graph("sluice", trunk=(6, 4, 6))
    blends = [step for step in made.steps if isinstance(step.node, Blend)]
    assert [step.node.specs[0].shape for step in blends] == [(1, 2), (1, 2)]
    parameters = begun(made)
    before = outputs(made, parameters)
    _, saved = made.forward(features(), Pass(parameters, {}))
    first, last = (saved.values[place] for place in blends[0].inputs)
    torch.testing.assert_close(saved.values[blends[0].place], last)
    named(made, parameters)["skip0.blend"].copy_(torch.tensor([[[0.5, -1.0]]]))
    _, saved = made.forward(features(), Pass(parameters, {}))
    torch.testing.assert_close(saved.values[blends[0].place], 0.5 * first)
    assert torch.equal(before[1], outputs(made, parameters)[1])
    assert not any(isinstance(step.node, Blend) for step in graph("sluice", trunk=(6, 4)).steps)


def test_units_that_do_not_part_evenly_are_told() -> None:
    with pytest.raises(UserError, match="3 equal subspaces. Found 4 in shared layer 2"):
        graph("sluice", subspaces=3)

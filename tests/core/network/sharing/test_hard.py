"""Hard sharing: sizes by formula, shared parameters first, and the edge cases of empty stacks."""

import pytest
import torch

from core.errors import UserError
from core.experiment import Network
from core.network.layer import Pass
from core.network.parameters import SHARED, initial, views
from core.network.sharing import SHARING, build, shared


def network(trunk: list[int], towers: dict[str, list[int]]) -> Network:
    return Network.model_validate(
        {
            "trunk": [{"width": width} for width in trunk],
            "towers": {name: [{"width": width} for width in own] for name, own in towers.items()},
        }
    )


def test_the_heart_network_has_the_parameters_of_its_formula() -> None:
    made = build(network([32, 64], {"thal": [32], "disease": [16]}), 12, {"thal": 3, "disease": 1})
    own = {owner: sum(spec.size for spec in made.specs if spec.owner == owner) for owner in (SHARED, "thal", "disease")}
    assert own == {SHARED: 12 * 32 + 32 + 32 * 64 + 64, "thal": 64 * 32 + 32 + 32 * 3 + 3, "disease": 64 * 16 + 16 + 16 + 1}
    assert shared(made.specs) == 4
    assert all(spec.owner == SHARED for spec in made.specs[:4])


@pytest.mark.parametrize(("trunk", "towers"), [([], {}), ([4], {}), ([], {"a": [3]}), ([4], {"a": [3], "b": [3, 2]})])
def test_any_stack_may_be_empty(trunk: list[int], towers: dict[str, list[int]]) -> None:
    made = build(network(trunk, towers), 5, {"a": 1, "b": 3})
    parameters = views(initial(made.specs, 2, 0), made.specs, 2)
    outputs, saved = made.forward(torch.randn(2, 6, 5), Pass(parameters, {}))
    assert [tuple(output.shape) for output in outputs] == [(2, 6, 1), (2, 6, 3)]
    into = [torch.full_like(parameter, torch.nan) for parameter in parameters]
    meeting = made.backward_own([torch.ones_like(output) for output in outputs], saved, parameters, into)
    assert meeting.shape == (2, 2, 6 * trunk[-1] if trunk else 0)
    assert made.specs[made.last] == (made.specs[:2] if trunk else ())
    if trunk:
        made.backward_shared(meeting.sum(0), saved, parameters, into)
    assert all(bool(block.isfinite().all()) for block in into)


def test_an_unknown_architecture_names_those_that_exist() -> None:
    with pytest.raises(UserError, match="hard"):
        build(Network.model_validate({"sharing": {"name": "soft-as-butter"}}), 5, {"a": 1})


def test_architectures_are_found_in_their_folder() -> None:
    assert "hard" in SHARING

"""Activations as numbers to draw: themselves and their slopes, against torch."""

import json

import numpy as np
import pytest
import torch

from core.errors import UserError
from core.network.activations import ACTIVATIONS
from core.network.gallery import POINTS, REACH, drawn

OTHER = [
    ("leaky-relu", {"slope": 0.3}),
    ("prelu", {"initial": 0.7}),
    ("elu", {"alpha": 2.0}),
    ("softplus", {"beta": 5.0}),
    ("sine", {"frequency": 3.0}),
]
CASES = [(name, {}) for name in ACTIVATIONS] + OTHER


def torchs(name: str, params: dict) -> torch.nn.Module:
    """The activation as the code that people take away has it."""
    module, checked = ACTIVATIONS.resolve(name, params)
    return eval(module.TORCH.format(**checked.model_dump()), {"torch": torch})  # noqa: S307  our own text


@pytest.mark.parametrize(("name", "params"), CASES)
def test_function_and_derivative_are_those_of_torch(name: str, params: dict) -> None:
    found = drawn(name, params)
    low, high = getattr(ACTIVATIONS[name], "DRAWN", REACH)
    z = torch.linspace(low, high, POINTS, requires_grad=True)
    y = torchs(name, params)(z)
    y.sum().backward()
    for told, expected in ((found["z"], z), (found["f"], y), (found["d"], z.grad)):
        assert expected is not None
        np.testing.assert_allclose(told, expected.detach(), rtol=1e-6, atol=1e-5)  # five digits are told


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_it_says_what_it_is_as_json_with_lists_of_one_length(name: str) -> None:
    found = drawn(name)
    assert set(found) == {"name", "title", "z", "f", "d"}
    assert (found["name"], found["title"]) == (name, ACTIVATIONS[name].TITLE)
    assert len(found["z"]) == len(found["f"]) == len(found["d"]) == POINTS
    low, high = getattr(ACTIVATIONS[name], "DRAWN", REACH)
    assert (found["z"][0], found["z"][-1]) == pytest.approx((low, high), abs=1e-5)
    assert found["z"] == sorted(found["z"])
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_parameters_change_the_picture() -> None:
    for name, params in OTHER:
        assert drawn(name, params)["f"] != drawn(name)["f"]
        assert drawn(name, {}) == drawn(name, None)


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("relo", {}),
        ("", None),
        ("relu", {"slope": 1}),
        ("elu", {"alpha": -1}),
        ("elu", {"alpha": "deep"}),
        ("softplus", {"beta": float("nan")}),
    ],
)
def test_unknown_names_and_values_are_refused(name: str, params: dict | None) -> None:
    with pytest.raises(UserError):
        drawn(name, params)

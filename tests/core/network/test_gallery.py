"""Activations as numbers to draw: themselves and their slopes, against torch."""

import json

import numpy as np
import pytest
import torch

from core.errors import UserError
from core.network.activations import ACTIVATIONS
from core.network.gallery import NEAR, POINTS, REACH, dials, drawn

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


def between(dial: dict, value: float) -> tuple[np.ndarray, np.ndarray]:
    """What the page draws for a value: on the way from one curve to the next."""
    after = int(np.searchsorted(dial["values"], value))
    before = max(0, after - 1)
    low, high = dial["values"][before], dial["values"][after]
    share = (value - low) / (high - low) if high > low else 0
    f, d = (np.array(dial[key][before]) * (1 - share) + np.array(dial[key][after]) * share for key in ("f", "d"))
    return f, d


@pytest.mark.parametrize(("name", "params"), OTHER)
def test_each_number_of_an_activation_has_curves_for_all_that_its_slider_can_be_set_to(name: str, params: dict) -> None:
    [dial] = dials(name, params)
    assert dial["value"] == params[dial["name"]]
    assert (dial["values"][0], dial["values"][-1]) == (dial["low"], dial["high"])
    assert dial["values"] == sorted(set(dial["values"]))
    for value, f, d in zip(dial["values"], dial["f"], dial["d"], strict=True):
        true = drawn(name, {dial["name"]: value})
        np.testing.assert_allclose(f, true["f"], atol=1e-5)
        np.testing.assert_allclose(d, true["d"], atol=1e-5)
    steps = round((dial["high"] - dial["low"]) / dial["step"])
    for at in range(steps + 1):
        value = dial["low"] + at * dial["step"]
        true, (f, d) = drawn(name, {dial["name"]: round(value, 9)}), between(dial, min(value, dial["high"]))
        np.testing.assert_allclose(f, true["f"], atol=2 * NEAR)
        np.testing.assert_allclose(d, true["d"], atol=2 * NEAR)
    assert json.loads(json.dumps(dial, allow_nan=False)) == dial
    assert len(json.dumps(dial)) < 300_000


def test_a_value_that_is_not_allowed_has_no_curve() -> None:
    [dial] = dials("sine")
    assert dial["low"] == 0.5  # above 0


def test_a_dial_says_what_it_is() -> None:
    [dial] = dials("elu")
    assert dial["title"] == "Depth of the floor (alpha)"
    assert dial["help"] == "How far below zero the floor lies. In the formula it is α."
    assert [name for name in ACTIVATIONS if dials(name)] == ["leaky-relu", "prelu", "elu", "softplus", "sine"]


def test_unknown_values_have_no_dials() -> None:
    with pytest.raises(UserError):
        dials("elu", {"alpha": -1})

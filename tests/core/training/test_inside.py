"""What goes on inside, against counts by hand, autograd and numpy."""

import base64

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.nn import functional

from core.experiment import Experiment
from core.network.graph import Graph
from core.network.layer import Pass
from core.network.parameters import views
from core.training.advance import Budget, advance, look
from core.training.checkpoint import architecture, start
from core.training.inside import BINS, REACH, UNITS, curves, health, histograms
from tests.making import dataset, experiment

MIXED = {"a": "multiclass", "b": "binary", "c": "regression"}
ONE = {"c": "regression"}


def made(document: Experiment, inputs: int = 1) -> tuple[Graph, list[Tensor], dict[str, Tensor]]:
    """A network with its first parameters, to be changed by hand."""
    data = dataset({task.column: task.kind for task in document.tasks}, inputs=inputs)
    point, network = start(document, data), architecture(document, data)
    return network, views(point.parameters, network.specs, document.lanes), point.buffers


def trunk(activation: str, *widths: int, **params: object) -> list:
    return [{"width": width, "activation": {"name": activation, "params": params}} for width in widths]


def spread(rows: int = 200, lanes: int = 1, scale: float = 1.0) -> Tensor:
    """`[lane, row, 1]`"""
    return scale * torch.randn(1, rows, 1, generator=torch.Generator().manual_seed(0)).expand(lanes, -1, -1)


# -- health -------------------------------------------------------------------------------------------------------------


def test_dead_are_the_units_that_give_zero_on_every_row() -> None:
    document = experiment(ONE, inputs=1, replicas=2, network__trunk=trunk("relu", 4), network__towers={})
    network, parameters, buffers = made(document)
    x = torch.linspace(-1, 1, 21).view(1, -1, 1).expand(2, -1, -1)
    parameters[0][:] = torch.tensor([[[1.0, 1.0, -1.0, 0.0]], [[1.0, 1.0, 1.0, 1.0]]])
    parameters[1][:] = torch.tensor([[[-2.0, -0.95, 0.0, 0.1]], [[-2.0, -1.0, -3.0, 5.0]]])
    _, saved = network.forward(x, Pass(parameters, buffers))
    layer, output = health(network, saved, None)
    assert layer == {"name": "trunk.0", "gradient": None, "dead": [0.25, 0.75], "saturated": None}
    assert output == {"name": "output0", "gradient": None}


@pytest.mark.parametrize(("name", "low", "high"), [("sigmoid", 0.01, 0.99), ("tanh", -0.98, 0.98), ("hard-tanh", -0.98, 0.98)])
def test_saturated_are_the_values_near_either_end_of_the_range(name: str, low: float, high: float) -> None:
    document = experiment(ONE, inputs=1, replicas=2, network__trunk=trunk(name, 5, 3), network__towers={})
    network, parameters, buffers = made(document)
    parameters[0] *= 12
    parameters[2] *= torch.tensor([4.0, 40.0]).view(2, 1, 1)
    x = spread(lanes=2, scale=2.0)
    _, saved = network.forward(x, Pass(parameters, buffers))
    act = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "hard-tanh": functional.hardtanh}[name]
    for layer, (weight, bias) in zip(health(network, saved, None), [parameters[:2], parameters[2:4]], strict=False):
        x = act(x @ weight + bias)
        expected = [sum(not low <= value <= high for value in lane.flatten().tolist()) / lane[..., 0].numel() for lane in x]
        assert layer["saturated"] == pytest.approx([count / weight.shape[-1] for count in expected])
        assert layer["dead"] == [0.0, 0.0]
        assert 0 < max(layer["saturated"]) < 1


@pytest.mark.parametrize("name", ["relu", "leaky-relu", "elu", "softplus", "identity", "prelu"])
def test_where_the_range_has_no_two_ends_nothing_is_saturated(name: str) -> None:
    network, parameters, buffers = made(experiment(ONE, inputs=1, network__trunk=trunk(name, 5), network__towers={}))
    _, saved = network.forward(spread(scale=50), Pass(parameters, buffers))
    assert health(network, saved, None)[0]["saturated"] is None


def test_without_activations_no_unit_is_dead_or_saturated() -> None:
    document = experiment(MIXED, network__nonlinear=False)
    layers = look(start(document, data := dataset(MIXED)), data)["layers"]
    assert all(set(layer) == {"name", "gradient"} for layer in layers)


def test_before_the_first_step_there_is_no_gradient_and_outputs_have_that_alone() -> None:
    document, data = experiment(MIXED, replicas=2, training__epochs=1), dataset(MIXED)
    first = look(start(document, data), data)["layers"]
    assert [layer["name"] for layer in first] == [
        "trunk.0", "tower0.0", "output0", "tower1.0", "output1", "tower2.0", "output2",
    ]  # fmt: skip
    assert all(layer["gradient"] is None for layer in first)
    then = advance(start(document, data), data, Budget())[1][-1]["layers"]
    for layer in then:
        assert len(layer["gradient"]) == 2
        assert min(layer["gradient"]) > 0
        assert set(layer) - {"name", "gradient"} == (set() if "output" in layer["name"] else {"dead", "saturated"})


@pytest.mark.parametrize("changes", [{}, {"replicas": 2}, {"network__twin": True}])
def test_gradients_are_as_long_as_autograd_says(changes: dict) -> None:
    layers = [{"width": 8, "activation": {"name": "tanh"}}, {"width": 6, "activation": {"name": "gelu"}, "batch_norm": True}]
    document = experiment(MIXED, network__trunk=layers, training__batch_size=None, training__epochs=1, **changes)
    data, lanes = dataset(MIXED), document.lanes
    point = start(document, data)
    record = advance(point, data, Budget())[1][-1]

    network = architecture(document, data)
    flat = point.parameters.clone().requires_grad_()
    rows = data.train[0]
    run = Pass(views(flat, network.specs, lanes), {name: tensor.clone() for name, tensor in point.buffers.items()}, train=True)
    outputs, saved = network.forward(data.features[:, rows].expand(lanes, -1, -1), run)
    loss = torch.zeros(())
    for lane in range(lanes):
        a, b, c = (target.values[0, rows] for target in data.targets)
        loss = loss + functional.cross_entropy(outputs[0][lane], a)
        loss = loss + functional.binary_cross_entropy_with_logits(outputs[1][lane, :, 0], b)
        loss = loss + functional.mse_loss(outputs[2][lane, :, 0], c)
    loss.backward()
    assert flat.grad is not None
    gradients = views(flat.grad, network.specs, lanes)
    for at, (layer, _, _) in enumerate(network.walk(saved)):
        expected = gradients[layer.first].flatten(1).norm(dim=1).tolist()
        found = record["layers"][at]["gradient"] + (record["twin"]["layers"][at]["gradient"] if "twin" in record else [])
        assert found == pytest.approx(expected, rel=1e-3, abs=1e-7)


# -- curves -------------------------------------------------------------------------------------------------------------


def test_curves_decode_to_what_the_units_give() -> None:
    document = experiment(ONE, inputs=1, replicas=2, network__trunk=trunk("tanh", 100, 10), network__towers={})
    network, parameters, buffers = made(document)
    grid = torch.linspace(-3, 3, 160).view(1, -1, 1).expand(2, -1, -1)
    _, saved = network.forward(grid, Pass(parameters, buffers))
    found = curves(network, saved)
    assert [(layer["name"], layer["of"], len(layer["units"])) for layer in found] == [
        ("trunk.0", 100, UNITS), ("trunk.1", 10, 10), ("output0", 1, 1),
    ]  # fmt: skip
    y = grid[0]
    for number, layer in enumerate(found):
        y = y @ parameters[2 * number][0] + parameters[2 * number + 1][0]
        y = y if layer["name"] == "output0" else torch.tanh(y)
        drawn = np.frombuffer(base64.b64decode(layer["bytes"]), np.uint8).reshape(len(layer["units"]), 80)
        decoded = layer["low"] + drawn / 255 * (layer["high"] - layer["low"])
        wanted = y[::2, layer["units"]].T.numpy()
        assert np.abs(decoded - wanted).max() <= (layer["high"] - layer["low"]) / 255
        assert (layer["low"], layer["high"]) == pytest.approx((wanted.min(), wanted.max()), abs=1e-5)


@pytest.mark.parametrize("width", [1, 2, 23, 24, 25, 26, 37, 100, 1024])
def test_at_most_24_units_are_shown_chosen_evenly(width: int) -> None:
    network, parameters, buffers = made(experiment(ONE, inputs=1, network__trunk=trunk("relu", width), network__towers={}))
    _, saved = network.forward(spread(160), Pass(parameters, buffers))
    layer = curves(network, saved)[0]
    units = layer["units"]
    assert layer["of"] == width
    assert len(units) == len(set(units)) == min(width, UNITS)
    assert (units[0], units[-1]) == (0, width - 1)
    steps = np.diff(units)
    assert len(steps) == 0 or steps.max() - steps.min() <= 1


@pytest.mark.parametrize("value", [0.0, 1.5, float("nan"), float("inf")])
def test_flat_or_broken_curves_are_still_numbers(value: float) -> None:
    network, parameters, buffers = made(experiment(ONE, inputs=1, network__trunk=trunk("relu", 3), network__towers={}))
    parameters[0][:] = 0.0
    parameters[1][:] = value
    _, saved = network.forward(spread(160), Pass(parameters, buffers))
    layer = curves(network, saved)[0]
    assert layer["low"] == layer["high"] == (value if value == 1.5 else 0.0)
    assert set(base64.b64decode(layer["bytes"])) == {0}


# -- histograms ---------------------------------------------------------------------------------------------------------


def test_histograms_are_numpys_of_the_sums_before_the_activation() -> None:
    document = experiment(ONE, inputs=1, replicas=2, network__trunk=trunk("tanh", 7, 5))
    network, parameters, buffers = made(document)
    parameters[0] *= 5
    x = spread(300, lanes=2)
    _, saved = network.forward(x, Pass(parameters, buffers))
    found = histograms(network, saved)
    assert [layer["name"] for layer in found] == ["trunk.0", "trunk.1", "tower0.0"]  # hidden layers alone
    y = x[0]
    for number, layer in enumerate(found):
        z = y @ parameters[2 * number][0] + parameters[2 * number + 1][0]
        y = torch.tanh(z) if number < 2 else torch.relu(z)
        counts, _ = np.histogram(z.clamp(-REACH, REACH).numpy(), BINS, (-REACH, REACH))
        assert len(layer["share"]) == BINS
        np.testing.assert_allclose(layer["share"], counts / counts.sum(), atol=2 / z.numel())
        assert sum(layer["share"]) == pytest.approx(1, abs=BINS * 5e-5)


def test_what_lies_beyond_is_counted_at_the_ends() -> None:
    network, parameters, buffers = made(experiment(ONE, inputs=1, network__trunk=trunk("tanh", 4), network__towers={}))
    parameters[0][:] = 0.0
    parameters[1][:] = torch.tensor([-100.0, 7.0, float("inf"), 0.1])
    _, saved = network.forward(spread(40), Pass(parameters, buffers))
    share = histograms(network, saved)[0]["share"]
    assert (share[0], share[-1], share[BINS // 2]) == (0.25, 0.5, 0.25)
    assert sum(share) == 1


def test_with_batch_norm_the_sums_are_those_that_the_activation_is_given() -> None:
    layers = [{"width": 50, "batch_norm": True}]
    network, parameters, buffers = made(experiment(ONE, inputs=1, network__trunk=layers, network__towers={}))
    parameters[2][:] = 0.0  # scale
    parameters[3][:] = 3.3  # shift
    _, saved = network.forward(spread(40), Pass(parameters, buffers))
    share = histograms(network, saved)[0]["share"]
    assert share[int((3.3 + REACH) / (2 * REACH) * BINS)] == 1


def test_sums_that_are_no_numbers_do_not_break_it() -> None:
    network, parameters, buffers = made(experiment(ONE, inputs=1, network__trunk=trunk("tanh", 2), network__towers={}))
    parameters[0][:] = float("nan")
    _, saved = network.forward(spread(40), Pass(parameters, buffers))
    assert sum(histograms(network, saved)[0]["share"]) == 1

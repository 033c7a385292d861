"""The picture of one network: its numbers are the network's own, for every architecture."""

import base64
import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from core.data.columns import begin
from core.data.dataset import Dataset
from core.data.prepare import prepare
from core.data.samples import SAMPLES
from core.data.source import load
from core.experiment import Experiment, Source
from core.losses import loss_of
from core.network.layer import Pass
from core.network.sharing import SHARING
from core.training.advance import Budget, advance, parameters_of
from core.training.anatomy import ALL, BINS, STRIP, Rows, _chosen, anatomy, shown
from core.training.checkpoint import Checkpoint, start
from core.training.evaluate import passed
from core.training.pull import probe, rows_for
from core.training.step import average
from core.training.view import View
from tests.making import dataset, experiment

TASKS = {"a": "regression", "b": "binary", "c": "multiclass"}
SEEN = 100


def taken(made: Experiment, data: Dataset, point: Checkpoint, held: dict | None = None) -> dict[str, dict[str, Any]]:
    """The layers of its picture, by name."""
    classes = [None if target.kind == "regression" else target.values[0][:SEEN].long().numpy() for target in data.targets]
    with torch.inference_mode():
        network, parameters = parameters_of(point, data)
        run = Pass(parameters, point.buffers)
        _, saved = passed(network, run, data.features[:1, :SEEN], made.lanes)
        rows = Rows("table", 0, classes)
        picture = anatomy(made, network, run, saved, rows, probe(data, rows_for(network)), held or {})
    json.dumps(picture, allow_nan=False)
    return {layer["name"]: layer for layer in picture["layers"]}


def learned(steps: int = 20, **changes: object) -> tuple[Experiment, Dataset, Checkpoint]:
    made, data = experiment(TASKS, **changes), dataset(TASKS)
    return made, data, advance(start(made, data), data, Budget(steps))[0]


def weights(layer: dict[str, Any]) -> np.ndarray:
    coded = np.frombuffer(base64.b64decode(layer["weights"]), np.int8)
    return coded.reshape(-1, len(layer["units"])) * layer["scale"] / 127


def amounts(text: str, units: int) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), np.uint8).reshape(-1, units) / 255


def parameter(made: Experiment, data: Dataset, point: Checkpoint, name: str) -> np.ndarray:
    network, parameters = parameters_of(point, data)
    return next(block[0].numpy() for spec, block in zip(network.specs, parameters, strict=True) if spec.name == name)


@pytest.mark.parametrize("name", list(SHARING))
def test_every_architecture_has_a_picture(name: str) -> None:
    made, data, point = learned(
        network__sharing={"name": name}, network__trunk=[{"width": 8, "batch_norm": True}, {"width": 20, "dropout": 0.2}]
    )
    layers = taken(made, data, point)
    assert {"inputs", "tower0.0", "tower2.0", "output0", "output1", "output2"} <= set(layers)
    assert len(layers) >= 9
    for layer in layers.values():
        count = len(layer["units"])
        assert count == (layer["of"] if layer["of"] <= ALL else STRIP)
        assert len(base64.b64decode(layer["response"])) == count * layer["classes"] * BINS
        assert len(layer["low"]) == len(layer["high"]) == count
        if layer["name"] == "inputs":
            continue
        assert set(layer["dead"]) <= set(range(count))
        assert layer["from"] in {*layers, ""}
        rows = len(layers[layer["from"]]["units"]) if layer["from"] else 1
        assert weights(layer).shape == (rows, count)
        assert layer["inputs"] == (layers[layer["from"]]["units"] if layer["from"] else [])
        for part in ("use", "pull"):
            if part in layer:
                assert amounts(layer[part], count).shape == (3, count)
                assert amounts(layer[part], count).max() == 1.0
    alone = name in ("separate", "soft")
    assert any("use" in layer for layer in layers.values()) != alone


def test_weights_are_those_of_the_network() -> None:
    made, data, point = learned()
    layers = taken(made, data, point)
    for name in ("trunk.0", "tower0.0", "output2"):
        true = parameter(made, data, point, f"{name}.weight")
        assert np.abs(weights(layers[name]) - true).max() <= 0.51 * np.abs(true).max() / 127 + 1e-3 * np.abs(true).max()
    assert layers["output2"]["from"] == "tower2.0"


def test_use_is_the_size_of_the_weights_into_each_tasks_first_layer() -> None:
    made, data, point = learned()
    found = amounts(taken(made, data, point)["trunk.0"]["use"], 8)
    true = np.stack([np.abs(parameter(made, data, point, f"tower{task}.0.weight")).sum(1) for task in range(3)])
    assert found == pytest.approx(true / true.max(), abs=1 / 254)


def test_use_of_an_earlier_layer_goes_by_way_of_the_later_one() -> None:
    made, data, point = learned(network__trunk=[{"width": 8}, {"width": 6}])
    found = amounts(taken(made, data, point)["trunk.0"]["use"], 8)
    on = np.abs(parameter(made, data, point, "trunk.1.weight"))
    last = np.stack([np.abs(parameter(made, data, point, f"tower{task}.0.weight")).sum(1) for task in range(3)])
    true = last @ on.T
    assert found == pytest.approx(true / true.max(), abs=1 / 254)


def test_a_task_that_branches_off_earlier_uses_nothing_of_what_comes_later() -> None:
    made, data, point = learned(
        network__trunk=[{"width": 8}, {"width": 6}], network__sharing={"name": "hard", "params": {"branch": {"a": 1}}}
    )
    layers = taken(made, data, point)
    use, pull = (amounts(layers["trunk.1"][part], 6) for part in ("use", "pull"))
    assert (use[0] == 0).all()
    assert (pull[0] == 0).all()
    assert (use[1:] > 0).all()
    assert (amounts(layers["trunk.0"]["use"], 8) > 0).all()
    assert layers["tower0.0"]["from"] == "trunk.0"


def test_pull_is_the_length_of_each_tasks_gradient_into_the_unit() -> None:
    """Against autograd: a layer of Tanh, towers of one, over the same rows."""
    tanh = {"width": 8, "activation": {"name": "tanh"}}
    made, data, point = learned(network__trunk=[tanh], network__towers={})
    found = amounts(taken(made, data, point)["trunk.0"]["pull"], 8)
    rows = data.train[0][torch.linspace(0, data.train.shape[1] - 1, 64).long()]
    matrix, bias = (torch.tensor(parameter(made, data, point, f"trunk.0.{part}")) for part in ("weight", "bias"))
    matrix.requires_grad_()
    bias.requires_grad_()
    hidden = torch.tanh(data.features[0][rows] @ matrix + bias)
    true = []
    for task, target in enumerate(data.targets):
        out, add = (torch.tensor(parameter(made, data, point, f"output{task}.{part}")) for part in ("weight", "bias"))
        module, params = loss_of(made.tasks[task])
        output = hidden @ out + add
        by_output = average(module.rows(output.detach()[None], target.values[:1, rows], params, data.known[task]), None)[1]
        grads = torch.autograd.grad(output, (matrix, bias), by_output[0], retain_graph=True)
        true.append((grads[0].square().sum(0) + grads[1].square().sum(0)).sqrt())
    expected = torch.stack(true)
    assert found == pytest.approx((expected / expected.max()).numpy(), abs=1 / 200)


def test_a_unit_that_says_nothing_is_dead() -> None:
    made, data, point = learned(steps=0)
    point = replace(point, parameters=point.parameters.clone())
    network, parameters = parameters_of(point, data)
    place = next(at for at, spec in enumerate(network.specs) if spec.name == "trunk.0.bias")
    parameters[place][0, 0, [2, 5]] = -1000.0
    assert taken(made, data, point)["trunk.0"]["dead"] == [2, 5]


def test_of_several_replicas_and_twins_the_first_is_shown() -> None:
    alone = taken(*learned())
    assert taken(*learned(replicas=3)) == alone
    assert {name: layer["units"] for name, layer in taken(*learned(network__twin=True)).items()} == {
        name: layer["units"] for name, layer in alone.items()
    }


def test_an_exploding_network_has_a_picture() -> None:
    made, data, point = learned()
    for value in (float("nan"), float("inf"), 3e38):
        taken(made, data, replace(point, parameters=torch.full_like(point.parameters, value)))


def test_shown_units_stay_in_their_places() -> None:
    strength = np.linspace(1, 2, 40)
    first = _chosen(strength, ())
    assert first == list(range(28, 40))
    strength[30], strength[3] = 1.5, 9.0
    assert _chosen(strength, first) == first, "units that are still among the strongest 24 stay"
    strength[30] = 0.0
    assert _chosen(strength, first) == [28, 29, 3, *range(31, 40)], "a weak one's place goes to the strongest of the others"
    assert _chosen(np.ones(16), first) == list(range(16))


def test_what_is_shown_already_is_remembered_of_large_layers_alone() -> None:
    made, data, point = learned(network__trunk=[{"width": 40}])
    layers = taken(made, data, point)
    held = shown({"layers": list(layers.values())})
    assert set(held) == {"trunk.0"}
    turned = {"trunk.0": held["trunk.0"][::-1]}
    assert taken(made, data, point, turned)["trunk.0"]["units"] == turned["trunk.0"]


@pytest.mark.parametrize(("sample", "points"), [("two-waves", 32), ("two-moons", 144)])
def test_curves_and_maps_are_what_the_units_say(sample: str, points: int) -> None:
    source = Source(kind="sample", name=sample)
    table = load(source)
    made = begin(source, table, SAMPLES[sample])
    data = prepare(made, table)
    point, view = start(made, data), View(made, data, table)
    layers = {layer["name"]: layer for layer in view.frame(point, {"network"})["network"]["layers"]}
    with torch.inference_mode():
        network, parameters = parameters_of(point, data)
        _, saved = passed(network, Pass(parameters, point.buffers), view.features, made.lanes)
    layer = layers["trunk.0"]
    place = next(step.place for step in network.steps if step.node.name == "trunk.0")
    said = saved.values[place][0].numpy().T
    coded = np.frombuffer(base64.b64decode(layer["response"]), np.uint8).reshape(len(layer["units"]), points)
    low, high = (np.array(layer[part])[:, None] for part in ("low", "high"))
    found = low + coded / 255 * (high - low)
    assert (low <= 0).all()
    assert (high >= 0).all()
    assert found[:, 0] == pytest.approx(said[:, 0], abs=0.02)
    assert found[:, -1] == pytest.approx(said[:, -1], abs=0.02)


def test_a_histogram_counts_the_rows_of_each_class() -> None:
    made, data, point = learned()
    layer = taken(made, data, point)["trunk.0"]
    assert (layer["by"], layer["classes"]) == (1, 2)
    bars = np.frombuffer(base64.b64decode(layer["response"]), np.uint8).reshape(len(layer["units"]), 2, BINS)
    assert bars.sum(1).max(1) == pytest.approx(255, abs=1)
    own = taken(made, data, point)["output2"]
    assert (own["by"], own["classes"]) == (2, 3)
    assert (taken(made, data, point)["output0"]["by"], taken(made, data, point)["output0"]["classes"]) == (None, 1)


def test_a_network_that_reads_texts_has_a_picture() -> None:
    source = Source(kind="sample", name="short-reviews")
    table = load(source)
    made = begin(source, table, SAMPLES["short-reviews"])
    data = prepare(made, table)
    layers = View(made, data, table).frame(start(made, data), {"network"})["network"]["layers"]
    assert layers[0]["name"] == "inputs"
    assert layers[0]["of"] == made.network.text.outputs

"""What the presets with twins promise, trained to their ends: bends and lines, dead units, gradients that vanish."""

from functools import lru_cache
from typing import Any

import pytest

from core import presets
from core.data.columns import begin
from core.data.prepare import prepare
from core.data.samples import SAMPLES
from core.data.source import load
from core.experiment import Experiment, Source
from core.network.shapes import shapes
from core.training.advance import Budget, Record, advance
from core.training.checkpoint import start
from core.training.outcome import train

TWINS = ("with-and-without", "many-bends", "dying-relu", "leaky-survives", "deep-sigmoid")


def document(name: str, **changes: object) -> Experiment:
    made = presets.load(name)
    for path, value in changes.items():
        made = made.changed(path.replace("__", "."), value)
    return made


@lru_cache
def records(name: str) -> list[Record]:
    made = document(name)
    data = prepare(made, load(made.data.source))
    return advance(start(made, data), data, Budget())[1]


def scored(name: str) -> dict[str, Any]:
    made = document(name)
    return train(made, prepare(made, load(made.data.source)))["test"]


def dead(record: Record) -> dict[str, float]:
    return {layer["name"]: layer["dead"][0] for layer in record["layers"] if "dead" in layer}


def rsquared(record: Record) -> list[float]:
    return [task["r2"][0] for task in record["validation"]]


@pytest.mark.parametrize("name", TWINS)
def test_each_has_a_twin_and_says_so(name: str) -> None:
    made = document(name)
    assert made.network.twin
    assert made.network.nonlinear
    assert list(made.data.inputs.values()) == ["number"]
    assert {task.kind for task in made.tasks} == {"regression"}


def test_many_bends_has_as_many_parameters_as_it_says() -> None:
    made = document("many-bends")
    data = prepare(made, load(made.data.source))
    outputs = {target.column: target.outputs for target in data.targets}
    sizes = shapes(made, data.features.shape[-1], outputs)
    assert sizes.total == 9_921
    assert start(made, data).parameters.numel() == 2 * 9_921  # and as many of its twin
    assert [(matrix.inputs, matrix.outputs) for matrix in sizes.matrices] == [
        (1, 16), (16, 32), (32, 128), (128, 32), (32, 16), (16, 1),
    ]  # fmt: skip
    layers = (*made.network.trunk, *made.tower("many bends"))
    assert all(layer.batch_norm and layer.norm_last and layer.activation.name == "leaky-relu" for layer in layers)


@pytest.mark.slow
def test_many_bends_are_followed_with_activations_and_without_they_are_the_least_squares_line() -> None:
    test = scored("many-bends")
    r2 = {who: test[who]["many bends"]["r2"][0] for who in ("with", "without", "least_squares")}
    assert r2["with"] > 0.8
    assert r2["without"] == pytest.approx(r2["least_squares"], abs=0.01)
    assert r2["least_squares"] < 0.2


@pytest.mark.slow
def test_with_and_without_is_the_difference() -> None:
    test = scored("with-and-without")
    for task in ("sin(2x)", "cos(x)"):
        assert test["with"][task]["r2"][0] > 0.9
        assert test["without"][task]["r2"][0] < 0.4
        assert test["without"][task]["r2"][0] == pytest.approx(test["least_squares"][task]["r2"][0], abs=0.005)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["damped-sine", "step", "sawtooth", "absolute-value", "polynomial", "own-function"])
def test_on_every_curve_the_twin_ends_on_the_least_squares_line(name: str) -> None:
    source = Source(kind="sample", name=name)
    made = begin(source, load(source), SAMPLES[name]).changed("network.twin", True)
    test = train(made, prepare(made, load(source)))["test"]
    for task in made.columns:
        assert test["with"][task]["r2"][0] > test["least_squares"][task]["r2"][0] + 0.2
        assert test["without"][task]["r2"][0] == pytest.approx(test["least_squares"][task]["r2"][0], abs=0.005)


@pytest.mark.slow
def test_with_relu_whole_layers_die_and_with_leaky_relu_none() -> None:
    died, survived = records("dying-relu")[-1], records("leaky-survives")[-1]
    assert max(dead(died).values()) == 1
    assert min(rsquared(died)) < 0.1
    assert set(dead(survived).values()) == {0}
    assert min(rsquared(survived)) > 0.7


def test_these_two_differ_in_nothing_but_the_activation() -> None:
    relu = document("dying-relu").to_json()
    leaky = document("leaky-survives").model_dump(mode="json")
    for layers in (leaky["network"]["trunk"], *leaky["network"]["towers"].values()):
        for layer in layers:
            assert layer["activation"] == {"name": "leaky-relu", "params": {"slope": 0.1}}
            layer["activation"] = {"name": "relu", "params": {}}
    assert Experiment.model_validate(leaky).to_json() == relu


@pytest.mark.slow
def test_in_a_deep_stack_of_sigmoids_the_first_layer_has_almost_no_gradient_and_little_is_learned() -> None:
    history = records("deep-sigmoid")
    assert len([layer for layer in history[0]["layers"] if layer["name"].startswith("trunk")]) == 8
    for record in history[:15]:  # later the last layers saturate too, and the gap closes
        gradient = {layer["name"]: layer["gradient"][0] for layer in record["layers"]}
        for last in ("trunk.7", "tower0.0", "tower1.0"):
            assert 0 < gradient["trunk.0"] < 1e-4 * gradient[last]
    gradient = {layer["name"]: layer["gradient"][0] for layer in history[0]["layers"]}
    assert gradient["trunk.0"] < 2e-6 * gradient["trunk.7"]  # about a million times smaller, as the preset says
    assert max(rsquared(history[-1])) < 0.3

"""Twins without activations: they start alike, see the same batches, and learn what a network alone would learn."""

import pytest
import torch

from core.data.columns import begin
from core.data.dataset import Dataset
from core.data.prepare import prepare
from core.data.samples import SAMPLES
from core.data.source import load
from core.experiment import Experiment, Source
from core.network.layer import Pass
from core.training import least_squares
from core.training.advance import Budget, advance, look, parameters_of
from core.training.batches import Batches
from core.training.checkpoint import Checkpoint, start
from core.training.collapse import collapsed, gap
from core.training.evaluate import Evaluator, outputs_of
from tests.making import dataset, experiment

MIXED = {"a": "multiclass", "b": "binary", "c": "regression"}
LAYERS = [{"width": 8, "batch_norm": True}, {"width": 6, "activation": {"name": "tanh"}}]
TWIN = {"network__twin": True, "network__trunk": LAYERS}


def test_twins_start_from_the_same_weights_and_see_the_same_batches() -> None:
    document, data = experiment(MIXED, replicas=2, **TWIN), dataset(MIXED)
    _, parameters = parameters_of(start(document, data), data)
    for block in parameters:
        assert torch.equal(block[:2], block[2:])
    assert not torch.equal(parameters[0][0], parameters[0][1])
    for batch in Batches(document, data).epoch(0, 0):
        assert torch.equal(batch.features[:2], batch.features[2:])
        assert not torch.equal(batch.features[0], batch.features[1])
        assert all(torch.equal(target[:2], target[2:]) for target in batch.targets)


def said(point: Checkpoint, data: Dataset) -> list[torch.Tensor]:
    network, parameters = parameters_of(point, data)
    return outputs_of(network, Pass(parameters, point.buffers), data.features, point.experiment.lanes)


@pytest.mark.parametrize("layers", [LAYERS, [{"width": 8, "dropout": 0.3}]])
def test_each_of_two_twins_learns_what_it_would_learn_alone(layers: list) -> None:
    sgd = {"name": "sgd"}  # Adam makes steps of rounding errors, at biases that batch norm takes out again
    together = experiment(MIXED, network__twin=True, network__trunk=layers, training__optimizer=sgd)
    data = dataset(MIXED)
    both, records = advance(start(together, data), data, Budget())
    outputs = said(both, data)
    for lane, nonlinear in enumerate((True, False)):
        alone = together.changed("network.twin", False).changed("network.nonlinear", nonlinear)
        single, told = advance(start(alone, data), data, Budget())
        for output, own in zip(outputs, said(single, data), strict=True):
            torch.testing.assert_close(output[lane], own[0], atol=1e-4, rtol=1e-3)
        record = records[-1] if lane == 0 else records[-1]["twin"]
        assert record["objective"] == pytest.approx(told[-1]["objective"], rel=1e-3)
        assert record["train"][2]["r2"] == pytest.approx(told[-1]["train"][2]["r2"], abs=1e-3)


def test_a_record_keeps_twins_apart() -> None:
    document, data = experiment(MIXED, replicas=3, **TWIN), dataset(MIXED)
    first = look(start(document, data), data)
    point, records = advance(start(document, data), data, Budget())
    for record in (first, *records):
        for half in (record, record["twin"]):
            assert len(half["objective"]) == len(half["weights"]) == 3
            assert all(len(values) == 3 for task in half["train"] for values in task.values())
            assert all(len(layer["dead"]) == 3 for layer in half["layers"] if "dead" in layer)
    assert first["layers"][0]["gradient"] is None
    assert all(value > 0 for layer in records[-1]["twin"]["layers"] for value in layer["gradient"])
    scores = Evaluator(document, data, parameters_of(point, data)[0])
    assert len(scores.look("train", parameters_of(point, data)[1], point.buffers)[1][0]["loss"]) == 6


def test_own_splits_are_twins_splits_too() -> None:
    sample = SAMPLES["two-waves"]
    source = Source(kind="sample", name="two-waves")
    document = begin(source, load(source), sample).changed("replicas", 2).changed("data.split.vary", True)
    data = prepare(document.changed("network.twin", True), load(source))
    assert data.splits == 4
    assert torch.equal(data.train[:2], data.train[2:])
    assert not torch.equal(data.train[0], data.train[1])
    document = document.changed("network.twin", True).changed("training.epochs", 2)
    _, records = advance(start(document, data), data, Budget())
    assert len(records[-1]["twin"]["train"][0]["r2"]) == 2


def trained(document: Experiment) -> tuple:
    data = prepare(document, load(document.data.source))
    point, records = advance(start(document, data), data, Budget())
    return data, point, records


def waves(**changes: object) -> Experiment:
    source = Source(kind="sample", name="two-waves")
    made = begin(source, load(source), SAMPLES["two-waves"]).changed("network.twin", True)
    for path, value in changes.items():
        made = made.changed(path.replace("__", "."), value)
    return made


@pytest.mark.parametrize("batch_norm", [False, True])
def test_the_product_of_the_matrices_is_what_the_twin_says(batch_norm: bool) -> None:
    layers = [{"width": 16, "batch_norm": batch_norm, "activation": {"name": "tanh"}}] * 3
    data, point, _ = trained(waves(network__trunk=layers, training__epochs=20))
    network, parameters = parameters_of(point, data)
    outputs = outputs_of(network, Pass(parameters, point.buffers), data.features, 2)
    straight = collapsed(network, parameters, point.buffers, 1)
    for output, (matrix, bias) in zip(outputs, straight, strict=True):
        assert gap(matrix, bias, data.features[0], output[1]) < 1e-5
        assert gap(matrix, bias, data.features[0], output[0]) > 0.1  # the one that bends is no line


def test_the_twin_ends_on_the_least_squares_line() -> None:
    data, _, records = trained(waves(training__epochs=300, training__batch_size=None))
    for target, scores in zip(data.targets, records[-1]["twin"]["train"], strict=True):
        exact = least_squares.scores(data, target, "train")
        assert scores["r2"][0] == pytest.approx(exact["r2"], abs=0.005)
        assert scores["mse"][0] == pytest.approx(exact["mse"], rel=0.01)
    assert all(scores["r2"][0] > 0.9 for scores in records[-1]["train"])

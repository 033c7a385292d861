"""Losses of whole splits against `torch.nn.functional` on the same outputs."""

import math
from dataclasses import replace

import pytest
import torch
from torch.nn import functional as torch_says

from core.experiment import Experiment
from core.training import evaluate as room
from core.training.advance import Budget, advance, look, parameters_of
from core.training.checkpoint import Checkpoint, start
from core.training.evaluate import Evaluator
from core.training.metrics import METRICS
from tests.making import dataset, experiment

TASKS = {"a": "multiclass", "b": "binary", "c": "regression"}
PARTS = ("train", "validation", "test")


def trained(document: Experiment, data) -> tuple[Evaluator, list[torch.Tensor], Checkpoint]:
    point, _ = advance(start(document, data), data, Budget(steps=10))
    network, parameters = parameters_of(point, data)
    return Evaluator(document, data, network), parameters, point


def weights_of(data) -> torch.Tensor:
    """“balanced”: rows / (classes * rows of the class), from labelled training rows."""
    target = data.targets[0]
    rows = data.train[0][target.labelled[data.train[0]]]
    counts = torch.bincount(target.values[0][rows], minlength=3)
    return counts.sum() / (3 * counts)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("missing", [0.0, 0.4])
@pytest.mark.parametrize("balanced", [False, True])
def test_losses_are_those_of_torch_over_the_labelled_rows(part: str, missing: float, balanced: bool) -> None:
    loss = {"name": "cross-entropy", "params": {"class_weights": "balanced" if balanced else "none"}}
    data = dataset(TASKS, missing=missing)
    evaluator, parameters, point = trained(experiment(TASKS, tasks__a__loss=loss, replicas=2), data)
    with torch.inference_mode():
        losses, scores, _ = evaluator.look(part, parameters, point.buffers)
        outputs = evaluator.outputs(part, parameters, point.buffers)
    weight = weights_of(data) if balanced else None
    for task, target in enumerate(data.targets):
        rows = data.rows(part)[0]
        rows = target.labelled[rows].nonzero()[:, 0]
        truth = target.values[0][data.rows(part)[0]][rows]
        for replica in range(2):
            output = outputs[task][replica, rows]
            says = {
                "multiclass": lambda output=output, truth=truth: torch_says.cross_entropy(output, truth, weight),
                "binary": lambda output=output, truth=truth: torch_says.binary_cross_entropy_with_logits(output[:, 0], truth),
                "regression": lambda output=output, truth=truth: torch_says.mse_loss(output[:, 0], truth),
            }[target.kind]()
            torch.testing.assert_close(losses[replica, task], says, rtol=1e-5, atol=1e-6)
            assert scores[task]["loss"][replica] == losses[replica, task]


@pytest.mark.parametrize(("loss", "power"), [("mse", 2), ("mae", 1)])
def test_a_regression_loss_is_told_in_the_units_of_its_column_too(loss: str, power: int) -> None:
    data = dataset(TASKS)
    evaluator, parameters, point = trained(experiment(TASKS, tasks__c__loss={"name": loss}), data)
    with torch.inference_mode():
        _, scores, _ = evaluator.look("validation", parameters, point.buffers)
        output = evaluator.outputs("validation", parameters, point.buffers)[2][:, :, 0]
    target = data.targets[2]
    miss = (target.to_units(output) - target.to_units(target.values[:, data.validation[0]])).abs()
    assert scores[2]["loss_units"][0] == pytest.approx(float((miss**power).mean()), rel=1e-4)
    assert "loss_units" not in scores[0]
    assert "loss_units" not in scores[1]


def test_every_task_has_its_loss_and_all_metrics_of_its_kind_for_every_replica() -> None:
    data = dataset(TASKS)
    evaluator, parameters, point = trained(experiment(TASKS, replicas=3), data)
    _, scores, _ = evaluator.look("train", parameters, point.buffers)
    for task, kind in enumerate(TASKS.values()):
        assert set(scores[task]) - {"loss_units"} == {"loss", *(metric.name for metric in METRICS[kind])}
        assert all(len(values) == 3 for values in scores[task].values())


@pytest.mark.parametrize("chunk", [1, 7, 48])
def test_rows_in_chunks_give_the_same_outputs(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    data = dataset(TASKS, splits=2)
    document = experiment(TASKS, replicas=2, data__split__vary=True, network__trunk=[{"width": 8, "batch_norm": True}])
    evaluator, parameters, point = trained(document, data)
    with torch.inference_mode():
        whole, _, _ = evaluator.look("validation", parameters, point.buffers)
        monkeypatch.setattr(room, "CHUNK", chunk)
        pieces, _, _ = evaluator.look("validation", parameters, point.buffers)
    torch.testing.assert_close(pieces, whole, rtol=1e-5, atol=1e-6)


def test_a_look_changes_nothing_and_drops_no_unit() -> None:
    data = dataset(TASKS)
    document = experiment(TASKS, network__trunk=[{"width": 8, "batch_norm": True, "dropout": 0.5}])
    evaluator, parameters, point = trained(document, data)
    before = point.pack()
    first, again = (evaluator.look("train", parameters, point.buffers)[0] for _ in range(2))
    assert torch.equal(first, again)
    assert point.pack() == before


def test_a_task_without_labels_has_no_loss_rather_than_a_perfect_one() -> None:
    data = dataset(TASKS, missing=0.2)
    data.targets[1].labelled[data.validation[0]] = False
    record = look(start(experiment(TASKS), data), data)
    assert math.isnan(record["validation"][1]["loss"][0])
    assert math.isfinite(record["validation"][0]["loss"][0])
    assert math.isfinite(record["train"][1]["loss"][0])


def test_without_validation_rows_there_is_nothing_to_tell_of_them() -> None:
    data = dataset(TASKS)
    data = replace(data, validation=data.validation[:, :0])
    record = look(start(experiment(TASKS, replicas=2), data), data)
    assert all(math.isnan(value) for task in record["validation"] for values in task.values() for value in values)
    assert all(math.isfinite(value) for task in record["train"] for value in task["loss"])

"""What a task's outputs stand for is its loss's to say, wherever they are used: metrics, pictures, answers, scores."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import torch
from sklearn import metrics as oracle

from core.data.dataset import Dataset
from core.data.store import Store
from core.experiment import Experiment, Source, parse
from core.losses import ordinal, poisson
from core.network.layer import Pass
from core.predict import predict
from core.runs.slice import begin as begun
from core.runs.slice import go_on, prepared
from core.training.advance import Budget, advance, parameters_of
from core.training.batches import Batch
from core.training.checkpoint import Checkpoint, start, unpack
from core.training.evaluate import Evaluator, outputs_of
from core.training.report import report
from core.training.step import Stepper
from tests.making import dataset, experiment

TASKS = {"grade": "multiclass", "visits": "regression"}


def made(splits: int = 1, **changes: object) -> tuple[Experiment, Dataset]:
    """Grades and visits; the mean of visits differs from split to split."""
    document = experiment(TASKS, tasks__grade__loss={"name": "ordinal"}, tasks__visits__loss={"name": "poisson"}, **changes)
    data = dataset(TASKS, splits=splits, missing=0.2)
    grade, visits = data.targets
    return document, replace(data, targets=(grade, replace(visits, mean=15.0 + torch.arange(splits))))


def trained(document: Experiment, data: Dataset, steps: int = 40) -> tuple[Evaluator, list[torch.Tensor], Checkpoint]:
    point, _ = advance(start(document, data), data, Budget(steps=steps))
    network, parameters = parameters_of(point, data)
    return Evaluator(document, data, network), parameters, point


@pytest.mark.parametrize("splits", [1, 2])
def test_metrics_and_confusion_are_taken_of_probabilities_and_rates(splits: int) -> None:
    document, data = made(splits, replicas=2)
    evaluator, parameters, point = trained(document, data)
    raw = outputs_of(evaluator.network, Pass(parameters, point.buffers), evaluator.features("test"), 2)
    with torch.inference_mode():
        _, scores, _ = evaluator.look("test", parameters, point.buffers)
        found = report(data, evaluator.outputs("test", parameters, point.buffers))["tasks"]
    grade, visits = data.targets
    for replica in range(2):
        rows, split = data.test[replica % splits], replica % splits
        known = grade.labelled[rows]
        chances = ordinal.answer(raw[0], None, None)[replica][known].exp().numpy()
        truth = grade.values[split][rows][known].numpy()
        assert scores[0]["accuracy"][replica] == pytest.approx(oracle.accuracy_score(truth, chances.argmax(1)), abs=1e-6)
        expected = oracle.roc_auc_score(truth, chances / chances.sum(1, keepdims=True), multi_class="ovr")
        assert scores[0]["auroc"][replica] == pytest.approx(expected, abs=1e-6)
        if replica == 0:
            assert found[0]["confusion"] == oracle.confusion_matrix(truth, chances.argmax(1), labels=range(3)).tolist()
        known = visits.labelled[rows]
        mean = float(visits.mean[split])
        rates = mean * raw[1][replica, known, 0].exp().numpy()
        counts = (visits.values[split][rows][known] * visits.scale[split] + mean).numpy()
        assert scores[1]["mae"][replica] == pytest.approx(oracle.mean_absolute_error(counts, rates), rel=1e-4)
        assert scores[1]["r2"][replica] == pytest.approx(oracle.r2_score(counts, rates), abs=1e-4)
        deviance = oracle.mean_poisson_deviance(counts, rates)
        assert scores[1]["loss_units"][replica] == pytest.approx(deviance * mean, rel=1e-3)
        if replica == 0:
            assert found[1]["predicted"] == pytest.approx(rates.tolist(), rel=1e-4)


def test_argmax_of_raw_outputs_would_be_another_answer() -> None:
    """The test above can fail: an ordinal network's largest output is not its likeliest class."""
    document, data = made()
    evaluator, parameters, point = trained(document, data)
    raw = outputs_of(evaluator.network, Pass(parameters, point.buffers), evaluator.features("train"), 1)[0]
    assert not torch.equal(raw.argmax(-1), ordinal.answer(raw, None, None).argmax(-1))


def test_both_are_learned() -> None:
    document, data = made(training__epochs=40)
    evaluator, parameters, point = trained(document, data, steps=200)
    with torch.inference_mode():
        _, scores, _ = evaluator.look("validation", parameters, point.buffers)
    assert scores[0]["accuracy"][0] > 0.6
    assert scores[1]["r2"][0] > 0.6


def test_a_scheme_that_asks_for_scores_gets_those_of_answers() -> None:
    document, data = made(weighting={"name": "dtp"})
    stepper = Stepper(start(document, data), data, 10)
    grade, visits = data.targets
    rows = data.train[0]
    outputs = [torch.randn(1, len(rows), target.outputs, generator=torch.Generator().manual_seed(0)) for target in data.targets]
    targets = [target.values[:, rows] for target in data.targets]
    batch = Batch(data.features[:, rows], targets, [None, None])
    found = stepper._score(outputs, batch)
    right = (ordinal.answer(outputs[0], None, None).argmax(-1) == targets[0]).float().mean()
    rate = poisson.answer(outputs[1], None, visits.mean / visits.scale)[..., 0]
    assert found[0] == pytest.approx([float(right), max(float((1 - (rate - targets[1]) ** 2).mean()), 0.0)], abs=1e-5)


@pytest.fixture
def counted(tmp_path) -> tuple[Experiment, str]:
    """A file of one number; grades of 1 to 3 and, from 0 on, visits that grow with it. A network without activations."""
    draw = np.random.default_rng(0)
    x = draw.uniform(-1, 1, 200).round(3)
    grade = np.digitize(x + 0.3 * draw.normal(size=200), [-0.4, 0.5]) + 1
    frame = pd.DataFrame({"x": x, "grade": grade, "visits": draw.poisson(np.exp(1 + 1.5 * x))})
    source = Source(kind="file", name="visits.csv", sha256=Store(tmp_path).put(frame.to_csv(index=False).encode()))
    document = parse(
        {
            "version": 1,
            "data": {"source": source.model_dump(mode="json"), "inputs": {"x": "number"}},
            "tasks": [
                {"column": "grade", "kind": "multiclass", "loss": {"name": "ordinal"}},
                {"column": "visits", "kind": "regression", "loss": {"name": "poisson"}},
            ],
            "network": {"trunk": [{"width": 4}], "nonlinear": False},
            "training": {"learning_rate": 0.02, "batch_size": 20, "epochs": 20},
            "replicas": 2,
        }
    )
    return document, str(tmp_path)


def test_curves_and_answers_say_the_same_rate_and_the_same_chances(counted: tuple[Experiment, str]) -> None:
    document, folder = counted
    checkpoint = go_on(begun(document, folder).checkpoint, folder, 200, None).checkpoint
    dataset, view = prepared(document, folder)
    grade, visits = view.frame(unpack(checkpoint))["tasks"]
    lines = np.array([line["mean"] for line in grade])
    np.testing.assert_allclose(lines.sum(0), 1.0, atol=1e-3)
    assert dataset.targets[0].classes == ("1", "2", "3")
    assert lines[:, 0].argmax() == 0
    assert lines[:, -1].argmax() == 2
    assert lines.max(1)[1] > 0.4  # in the middle
    rate = np.array(visits[0]["mean"])
    assert (rate > 0).all()
    middle = len(rate) // 2
    assert rate[-1] / rate[middle] == pytest.approx(rate[middle + 1] / rate[1], rel=0.25)  # by a factor, not by a sum
    place = 40
    told = predict(checkpoint, folder, {"x": view.scene["x"][place]})
    assert [each["mean"] for each in told[0]["probabilities"]] == pytest.approx(lines[:, place].tolist(), rel=2e-2)
    assert told[1]["value"]["mean"] == pytest.approx(rate[place], rel=2e-2)


def test_where_the_rate_bends_no_slope_is_told(counted: tuple[Experiment, str]) -> None:
    document, folder = counted
    first = begun(document, folder)
    straight = first.view["collapse"]
    assert [set(task) for task in straight] == [{"matrix", "bias", "shape", "gap"}] * 2
    assert max(task["gap"] for task in straight) < 1e-5
    plain = begun(document.changed("tasks.visits.loss", {"name": "mse"}), folder).view["collapse"]
    assert "slope" in plain[1]
    target = prepared(document, folder)[0].targets[1]
    assert first.facts["counts"]["visits"] == pytest.approx([float(target.mean / target.scale)])

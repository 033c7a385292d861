"""Metrics against scikit-learn's, for every kind, shared and separate splits, missing labels, ties."""

import math

import numpy as np
import pytest
import torch
from sklearn import metrics as oracle
from torch import Tensor

from core.data.dataset import Target
from core.training.metrics import METRICS, auroc, primary, probabilities, score

ROWS, TABLE = 40, 60


def target_of(kind: str, splits: int, seed: int, missing: float = 0.3) -> Target:
    dice = torch.Generator().manual_seed(seed)
    classes = {"binary": ("no", "yes"), "multiclass": ("a", "b", "c", "d"), "regression": ()}[kind]
    if kind == "regression":
        values = torch.randn(splits, TABLE, generator=dice)
    else:
        values = torch.randint(0, len(classes), (1, TABLE), generator=dice).expand(splits, -1)
        values = values.float() if kind == "binary" else values
    labelled = torch.rand(TABLE, generator=dice) >= missing
    scale = torch.rand(splits, generator=dice) + 1 if kind == "regression" else torch.ones(splits)
    return Target("y", kind, values * labelled, labelled, torch.zeros(splits), scale, classes)


def expected(target: Target, output: np.ndarray, rows: np.ndarray, split: int) -> dict[str, float]:
    known = target.labelled.numpy()[rows]
    truth, output = target.values[split].numpy()[rows][known], output[known]
    if target.kind == "regression":
        scale, output = float(target.scale[split]), output[:, 0]
        return {
            "r2": oracle.r2_score(truth, output),
            "mae": oracle.mean_absolute_error(truth, output) * scale,
            "rmse": oracle.root_mean_squared_error(truth, output) * scale,
        }
    answer = output.argmax(1) if target.kind == "multiclass" else output[:, 0] > 0
    if target.kind == "multiclass":
        shares = torch.softmax(torch.tensor(output, dtype=torch.float64), -1).numpy()
        area = np.mean([oracle.roc_auc_score(truth == c, shares[:, c]) for c in range(len(target.classes))])
    else:
        area = oracle.roc_auc_score(truth, output[:, 0])
    return {
        "accuracy": oracle.accuracy_score(truth, answer),
        "balanced_accuracy": oracle.balanced_accuracy_score(truth, answer),
        "macro_f1": oracle.f1_score(truth, answer, average="macro"),
        "auroc": area,
    }


def outputs_of(target: Target, replicas: int, seed: int) -> Tensor:
    """Many ties for yes/no: rounded to halves."""
    outputs = torch.randn(replicas, ROWS, target.outputs, generator=torch.Generator().manual_seed(seed))
    return (outputs * 2).round() / 2 if target.kind == "binary" else outputs


@pytest.mark.parametrize("kind", METRICS)
@pytest.mark.parametrize(("replicas", "splits"), [(1, 1), (3, 1), (3, 3)])
@pytest.mark.parametrize("missing", [0.0, 0.3])
def test_equal_to_scikit_learn(kind, replicas, splits, missing):
    target = target_of(kind, splits, 7, missing)
    outputs = outputs_of(target, replicas, 8)
    rows = torch.stack([torch.randperm(TABLE, generator=torch.Generator().manual_seed(s))[:ROWS] for s in range(splits)])
    found = score(target, outputs, rows)
    assert list(found) == [metric.name for metric in METRICS[kind]]
    for replica in range(replicas):
        split = replica if splits > 1 else 0
        for name, value in expected(target, outputs[replica].numpy(), rows[split].numpy(), split).items():
            assert found[name].shape == (replicas,)
            assert float(found[name][replica]) == pytest.approx(value, abs=2e-6), name


@pytest.mark.parametrize("splits", [1, 2])
@pytest.mark.parametrize("kind", METRICS)
def test_no_labels_is_nan(kind, splits):
    target = target_of(kind, splits, 1, missing=1.1)
    found = score(target, torch.zeros(2, ROWS, target.outputs), torch.arange(ROWS).expand(splits, -1))
    assert all(value.shape == (2,) and bool(value.isnan().all()) for value in found.values())


def test_an_absent_class_has_no_auroc_and_no_say_in_the_averages():
    target = target_of("multiclass", 1, 3, missing=0.0)
    rows = (target.values[0] < 3).nonzero().squeeze(1).unsqueeze(0)
    output = torch.randn(1, rows.shape[1], 4, generator=torch.Generator().manual_seed(2))
    found = score(target, output, rows)
    truth, answer = target.values[0][rows[0]].numpy(), output[0].argmax(1).numpy()
    assert math.isnan(found["auroc"])
    assert float(found["balanced_accuracy"]) == pytest.approx(
        np.mean([(answer[truth == c] == c).mean() for c in range(3)]), abs=1e-6
    )
    assert float(found["macro_f1"]) == pytest.approx(oracle.f1_score(truth, answer, average="macro"), abs=1e-6)


def test_auroc_counts_ties_half_and_minus_zero_is_zero():
    scores = torch.tensor([[0.0, -0.0, -1.0, 0.0, 2.0, -0.5]]).unsqueeze(1)
    truth = torch.tensor([[1, 0, 0, 0, 1, 1]])
    assert float(auroc(scores, truth)) == pytest.approx(oracle.roc_auc_score(truth[0], scores[0, 0]))
    assert float(auroc(torch.zeros(1, 1, 6), truth)) == 0.5


def test_r_squared_of_equal_answers_is_nan():
    target = Target("y", "regression", torch.ones(1, 5), torch.ones(5, dtype=torch.bool), torch.zeros(1), torch.ones(1))
    found = score(target, torch.zeros(1, 5, 1), torch.arange(5).unsqueeze(0))
    assert math.isnan(found["r2"])
    assert float(found["mae"]) == 1.0


def test_probabilities():
    logits = torch.tensor([[[0.0, 0.0, math.log(2)]]])
    assert probabilities("multiclass", logits).tolist() == [[pytest.approx([0.25, 0.25, 0.5])]]
    assert float(probabilities("binary", torch.zeros(1, 1, 1))) == 0.5


def test_every_metric_says_what_it_is():
    for kind, all_of_them in METRICS.items():
        assert primary(kind) in [metric.name for metric in all_of_them]
        assert all(metric.help.endswith(".") and metric.title for metric in all_of_them)
    assert [metric.name for metric in METRICS["regression"] if metric.in_units] == ["mae", "rmse"]

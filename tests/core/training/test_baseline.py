"""The baselines against scikit-learn, called by hand."""

import math

import numpy as np
import pytest
import torch
from sklearn import metrics as oracle
from sklearn.linear_model import LinearRegression, LogisticRegression

from core.data.dataset import Dataset, Target
from core.training import baseline as module
from core.training.baseline import baseline
from core.training.metrics import METRICS

ROWS = 90


def dataset(scale: float = 3.0, twice: bool = False) -> Dataset:
    """A regression, a yes/no and a three-class task on three inputs (`twice`: every input two times), some labels missing."""
    dice = torch.Generator().manual_seed(4)
    features = torch.randn(1, ROWS, 3, generator=dice)
    clear = features[0] @ torch.tensor([[1.0, 0.5, -1.0], [0.2, -1.0, 1.0], [-0.5, 1.0, 0.3]])
    noisy = clear + 0.5 * torch.randn(ROWS, 3, generator=dice)
    labelled = torch.rand(3, ROWS, generator=dice) > 0.2
    zero, one = torch.zeros(1), torch.ones(1)
    targets = (
        Target("size", "regression", noisy[:, 0].unsqueeze(0), labelled[0], zero, scale * one),
        Target("sick", "binary", (noisy[:, 1:2] > 0.4).float().T, labelled[1], zero, one, ("no", "yes")),
        Target("type", "multiclass", noisy.argmax(1, keepdim=True).T, labelled[2], zero, one, ("a", "b", "c")),
    )
    order = torch.randperm(ROWS, generator=dice).unsqueeze(0)
    parts = order[:, :50], order[:, 50:70], order[:, 70:]
    return Dataset(torch.cat([features] * (1 + twice), 2), targets, *parts, ("x", "y", "z") * (1 + twice), (None,))


def known(data: Dataset, task: int, part: str) -> tuple[np.ndarray, np.ndarray]:
    rows = data.rows(part)[0]
    rows = rows[data.targets[task].labelled[rows]]
    return data.features[0][rows].double().numpy(), data.targets[task].values[0][rows].double().numpy()


@pytest.mark.parametrize("part", ["validation", "test"])
def test_regression(part):
    data = dataset()
    found = baseline(data, part)[0]
    wanted, truth = known(data, 0, part)
    inputs, answers = known(data, 0, "train")
    guess = LinearRegression().fit(inputs, answers).predict(wanted)
    assert found["r2"]["linear"] == pytest.approx(oracle.r2_score(truth, guess), abs=1e-5)
    assert found["rmse"]["linear"] == pytest.approx(3 * oracle.root_mean_squared_error(truth, guess), abs=1e-5)
    assert found["mae"]["naive"] == pytest.approx(3 * np.abs(truth - answers.mean()).mean(), abs=1e-5)


@pytest.mark.parametrize("task", [1, 2])
def test_classes(task):
    data = dataset()
    found = baseline(data)[task]
    wanted, truth = known(data, task, "validation")
    inputs, answers = known(data, task, "train")
    model = LogisticRegression().fit(inputs, answers)
    chances, guess = model.predict_proba(wanted), model.predict(wanted)
    common = np.bincount(answers.astype(int)).argmax()
    areas = [oracle.roc_auc_score(truth == c, chances[:, c]) for c in range(chances.shape[1])]
    assert found["accuracy"]["linear"] == pytest.approx(oracle.accuracy_score(truth, guess))
    assert found["accuracy"]["naive"] == pytest.approx((truth == common).mean())
    assert found["balanced_accuracy"]["linear"] == pytest.approx(oracle.balanced_accuracy_score(truth, guess))
    assert found["macro_f1"]["linear"] == pytest.approx(oracle.f1_score(truth, guess, average="macro"))
    assert found["auroc"]["linear"] == pytest.approx(np.mean(areas))
    assert found["auroc"]["naive"] == 0.5


def test_columns_that_repeat_each_other_do_no_harm():
    once, twice = baseline(dataset()), baseline(dataset(twice=True))
    assert twice[0]["r2"]["linear"] == pytest.approx(once[0]["r2"]["linear"], abs=1e-4)


def test_every_metric_is_there_and_the_order_is_the_tasks():
    found = baseline(dataset())
    for task, scores in zip(dataset().targets, found, strict=True):
        assert list(scores) == [metric.name for metric in METRICS[task.kind]]


def test_one_class_or_no_labels_at_all():
    data = dataset()
    for target in data.targets:
        target.values.zero_()
    data.targets[2].labelled.zero_()
    size, sick, kind = baseline(data)
    assert sick["accuracy"] == {"naive": 1.0, "linear": 1.0}
    assert math.isnan(sick["auroc"]["linear"])
    assert math.isnan(size["r2"]["linear"])
    assert all(math.isnan(both["naive"]) for both in kind.values())


def test_a_long_table_is_fitted_on_a_part_of_it(monkeypatch):
    monkeypatch.setattr(module, "MOST", 25)
    assert baseline(dataset()) == baseline(dataset())
    assert baseline(dataset())[1]["accuracy"]["linear"] > 0.6

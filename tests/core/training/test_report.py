"""The report's numbers against scikit-learn's."""

import json

import numpy as np
import pytest
import torch
from sklearn import metrics as oracle

from core.data.dataset import Dataset, Target
from core.training.report import report

ROWS, TEST = 1200, 700


def dataset(splits: int = 1) -> Dataset:
    dice = torch.Generator().manual_seed(9)
    one = torch.ones(splits)
    labelled = torch.rand(ROWS, generator=dice) > 0.1
    targets = (
        Target("size", "regression", torch.randn(splits, ROWS, generator=dice), labelled, 5 * one, 2 * one),
        Target(
            "sick", "binary", torch.randint(0, 2, (splits, ROWS), generator=dice).float(), labelled, 0 * one, one, ("no", "yes")
        ),
        Target(
            "type", "multiclass", torch.randint(0, 3, (splits, ROWS), generator=dice), labelled, 0 * one, one, ("a", "b", "c")
        ),
    )
    rows = torch.stack([torch.randperm(ROWS, generator=dice) for _ in range(splits)])
    features = torch.zeros(splits, ROWS, 1)
    return Dataset(features, targets, rows[:, TEST:], rows[:, :0], rows[:, :TEST], ("x",), (None,) * splits)


def outputs(data: Dataset, replicas: int = 2) -> list[torch.Tensor]:
    dice = torch.Generator().manual_seed(10)
    return [torch.randn(replicas, TEST, target.outputs, generator=dice) for target in data.targets]


@pytest.mark.parametrize("splits", [1, 2])
def test_equal_to_scikit_learn(splits):
    data = dataset(splits)
    found = report(data, outputs(data), replica=1)
    row = data.test[splits - 1]
    keep = data.targets[0].labelled[row]
    size, sick, kind = (target.values[splits - 1][row[keep]].numpy() for target in data.targets)
    raw = [output[1][keep].double() for output in outputs(data)]
    assert found["replica"] == 1
    assert found["tasks"][1]["confusion"] == oracle.confusion_matrix(sick, raw[1][:, 0] > 0).tolist()
    assert found["tasks"][2]["confusion"] == oracle.confusion_matrix(kind, raw[2].argmax(1)).tolist()
    assert found["tasks"][1]["roc"][0]["auroc"] == pytest.approx(oracle.roc_auc_score(sick, raw[1][:, 0]), abs=1e-6)
    assert found["tasks"][1]["roc"][0]["auroc"] == pytest.approx(found["tasks"][1]["metrics"]["auroc"][1], abs=1e-6)
    shares = torch.softmax(raw[2], -1)
    for number, curve in enumerate(found["tasks"][2]["roc"]):
        assert curve["class"] == "abc"[number]
        assert curve["auroc"] == pytest.approx(oracle.roc_auc_score(kind == number, shares[:, number]), abs=1e-6)
    regression = found["tasks"][0]
    assert regression["metrics"]["rmse"][1] == pytest.approx(2 * oracle.root_mean_squared_error(size, raw[0][:, 0]), abs=1e-5)
    assert regression["true"][0] == pytest.approx(5 + 2 * size[0], abs=1e-5)
    assert regression["predicted"][-1] == pytest.approx(5 + 2 * float(raw[0][-1, 0]), abs=1e-5)
    assert all(task["rows"] == int(keep.sum()) for task in found["tasks"])


def test_small_enough_to_send_and_json():
    data = dataset()
    found = report(data, outputs(data))
    assert len(found["tasks"][0]["true"]) == len(found["tasks"][0]["predicted"]) == 500
    for curve in found["tasks"][1]["roc"] + found["tasks"][2]["roc"]:
        for axis in ("false_positive", "true_positive"):
            assert len(curve[axis]) <= 200
            assert (curve[axis][0], curve[axis][-1]) == (0, 1)
            assert (np.diff(curve[axis]) >= 0).all()
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_a_class_without_rows_and_no_labels():
    data = dataset()
    data.targets[2].values.clamp_(max=1)
    data.targets[1].labelled.zero_()  # one mask for all tasks here
    found = report(data, outputs(data))
    assert found["tasks"][0]["true"] == []
    assert found["tasks"][1]["roc"] == found["tasks"][2]["roc"] == []
    assert found["tasks"][1]["metrics"]["accuracy"] == [None, None]
    assert json.dumps(found, allow_nan=False)

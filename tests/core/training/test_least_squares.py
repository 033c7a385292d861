"""The exact line against numpy's own least squares, in units, on whatever rows have a label."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from sklearn.metrics import mean_squared_error, r2_score

from core.data.dataset import Dataset, Target
from core.training import least_squares
from tests.making import dataset

MIXED = {"a": "multiclass", "b": "binary", "c": "regression"}
PARTS = ("train", "validation", "test")


def known(data: Dataset, target: Target, part: str, lane: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Features with a column of ones, and answers in units, of the labelled rows."""
    rows = data.rows(part)[lane]
    rows = rows[target.labelled[rows]]
    features = data.features[lane, rows].numpy().astype(np.float64)
    answers = target.values[lane, rows].double() * float(target.scale[lane]) + float(target.mean[lane])
    return np.column_stack([features, np.ones(len(features))]), answers.numpy()


def numpys(data: Dataset, target: Target, lane: int = 0) -> np.ndarray:
    return np.linalg.lstsq(*known(data, target, "train", lane), rcond=None)[0]


@pytest.mark.parametrize("missing", [0.0, 0.4])
@pytest.mark.parametrize("inputs", [1, 12])
def test_the_line_is_numpys(inputs: int, missing: float) -> None:
    data = dataset(MIXED, inputs=inputs, missing=missing)
    features = torch.randn(50, inputs, generator=torch.Generator().manual_seed(3))
    expected = np.column_stack([features.double().numpy(), np.ones(50)]) @ numpys(data, data.targets[2])
    np.testing.assert_allclose(least_squares.line(data, data.targets[2], features), expected, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("missing", [0.0, 0.4])
def test_scores_are_scikit_learns_in_units(part: str, missing: float) -> None:
    data = dataset(MIXED, missing=missing)
    target = data.targets[2]
    features, truth = known(data, target, part)
    guess = features @ numpys(data, target)
    found = least_squares.scores(data, target, part)
    assert set(found) == {"r2", "mse"}
    assert found["r2"] == pytest.approx(r2_score(truth, guess), abs=1e-5)
    assert found["mse"] == pytest.approx(mean_squared_error(truth, guess), rel=1e-5)
    assert found["mse"] > 0.1  # in units, of which a standard deviation is 3


def test_every_split_has_a_line_of_its_own() -> None:
    data = dataset(MIXED, splits=2)
    target = data.targets[2]
    for lane in range(2):
        features, truth = known(data, target, "test", lane)
        found = least_squares.scores(data, target, "test", lane)
        assert found["r2"] == pytest.approx(r2_score(truth, features @ numpys(data, target, lane)), abs=1e-5)
    assert least_squares.scores(data, target, "test", 0) != least_squares.scores(data, target, "test", 1)


def test_rows_without_a_label_count_for_nothing() -> None:
    data = dataset(MIXED, missing=0.4)
    target = data.targets[2]
    noisy = replace(target, values=torch.where(target.labelled, target.values, torch.full_like(target.values, 1e6)))
    for part in PARTS:
        assert least_squares.scores(data, noisy, part) == least_squares.scores(data, target, part)


def test_nothing_straight_beats_it_on_its_training_rows() -> None:
    data = dataset(MIXED)
    features, truth = known(data, data.targets[2], "train")
    exact, best = numpys(data, data.targets[2]), least_squares.scores(data, data.targets[2], "train")["mse"]
    for seed in range(20):
        other = exact + 0.01 * np.random.default_rng(seed).standard_normal(len(exact))
        assert mean_squared_error(truth, features @ other) > best


@pytest.mark.parametrize("task", [0, 1])
def test_classes_have_no_line(task: int) -> None:
    data = dataset(MIXED)
    assert least_squares.fit(data, data.targets[task]) is None
    assert least_squares.line(data, data.targets[task], data.features[0]) is None
    assert least_squares.scores(data, data.targets[task], "test") is None


def labelled(target: Target, rows: torch.Tensor) -> Target:
    """The same task with labels for these rows alone."""
    return replace(target, labelled=torch.isin(torch.arange(len(target.labelled)), rows))


def test_without_a_labelled_row_there_is_no_line_or_no_score() -> None:
    data = dataset(MIXED)
    target = data.targets[2]
    nowhere = labelled(target, data.test[0])
    assert least_squares.line(data, nowhere, data.features[0]) is None
    assert least_squares.scores(data, nowhere, "test") is None
    found = least_squares.scores(data, labelled(target, data.train[0]), "test")
    assert np.isnan(found["r2"])
    assert np.isnan(found["mse"])


def test_of_one_row_or_equal_answers_there_is_an_error_but_no_share_explained() -> None:
    data = dataset(MIXED)
    target = data.targets[2]
    one = labelled(target, torch.cat([data.train[0], data.test[0, :1]]))
    values = target.values.clone()
    values[0, data.test[0]] = 0.5
    for odd in (one, replace(target, values=values)):
        found = least_squares.scores(data, odd, "test")
        assert np.isnan(found["r2"])
        assert found["mse"] > 0

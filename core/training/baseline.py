"""What any network should beat: the same answer for every row, and a linear model of scikit-learn.

Of texts the linear model knows how often each word is in a row, and not in which order. Knows nothing of networks. Scores come
from scikit-learn's own metrics, under the names of `core.training.metrics`.
"""

from typing import Any

import numpy as np
from scipy import sparse
from sklearn import metrics as sk
from sklearn.linear_model import LogisticRegression, Ridge

from core.data.dataset import Dataset, Target
from core.training.metrics import METRICS

MOST = 20_000  # training rows; a linear model gains little from more, and must not keep anyone waiting
RIDGE = 1e-6  # per row: too little to see, enough for columns that repeat each other (one-hot ones do)

Baseline = list[dict[str, dict[str, float]]]


def baseline(dataset: Dataset, part: str = "validation") -> Baseline:
    """Per task `{metric: {"naive": number, "linear": number}}` on "validation" or "test" rows of the first split.

    naive: the most frequent class, or the mean. linear: logistic regression with scikit-learn's own settings, or least
    squares. Both are fitted on the labelled training rows, at most 20,000 of them (the same ones each time).
    Regression metrics are in the column's units. NaN where a metric has no value, as in `metrics.score`.
    """
    rows = {name: dataset.rows(name)[0].numpy() for name in ("train", part)}
    inputs = _inputs(dataset)
    return [_task(inputs, target, rows["train"], rows[part]) for target in dataset.targets]


def _inputs(dataset: Dataset) -> Any:
    """Features `[row, feature]`, in float32; with texts sparse: those of the table, and how often each word occurs."""
    features = dataset.features[0].numpy()
    if not dataset.words:
        return features
    table, words = np.split(features, [len(dataset.feature_names)], axis=1)
    rows, places = np.nonzero(words)
    shape = (len(words), dataset.words)
    counts = sparse.csr_array((np.ones(len(rows), np.float32), (rows, words[rows, places].astype(np.int64))), shape=shape)
    return sparse.hstack([sparse.csr_array(table), counts], format="csr")


def _task(inputs: Any, target: Target, train: np.ndarray, asked: np.ndarray) -> dict[str, dict[str, float]]:
    labelled, values = target.labelled.numpy(), target.values[0].numpy().astype(np.float64)
    train, asked = train[labelled[train]], asked[labelled[asked]]
    if not len(train) or not len(asked):
        return {metric.name: {"naive": np.nan, "linear": np.nan} for metric in METRICS[target.kind]}
    if len(train) > MOST:
        train = np.random.default_rng(0).choice(train, MOST, replace=False)
    known, wanted = inputs[train].astype(np.float64), inputs[asked].astype(np.float64)
    fit = _regression if target.kind == "regression" else _classes
    return fit(target, known, values[train], wanted, values[asked])


def _regression(target: Target, known: Any, answers: np.ndarray, wanted: Any, truth: np.ndarray) -> dict:
    scale = float(target.scale[0])
    naive = np.full_like(truth, answers.mean())
    solver = "sparse_cg" if sparse.issparse(known) else "svd"
    linear = Ridge(alpha=RIDGE * len(answers), solver=solver).fit(known, answers).predict(wanted) if known.shape[1] else naive

    def scores(guess: np.ndarray) -> tuple[float, ...]:
        same = np.ptp(truth) == 0
        mae, rmse = sk.mean_absolute_error(truth, guess), sk.root_mean_squared_error(truth, guess)
        r2 = np.nan if same else sk.r2_score(truth, guess)
        return (r2, (rmse * scale) ** 2, mae * scale, rmse * scale, rmse**2, mae, rmse)

    return _beside(target, scores(naive), scores(linear))


def _classes(target: Target, known: Any, answers: np.ndarray, wanted: Any, truth: np.ndarray) -> dict:
    classes = max(2, target.outputs)
    shares = np.bincount(answers.astype(int), minlength=classes) / len(answers)
    naive = np.tile(shares, (len(truth), 1))
    linear = naive
    seen = np.flatnonzero(shares)
    if len(seen) > 1 and known.shape[1]:
        linear = np.zeros_like(naive)
        linear[:, seen] = LogisticRegression(max_iter=10_000).fit(known, answers).predict_proba(wanted)

    def scores(chances: np.ndarray) -> tuple[float, float, float, float]:
        answer = chances.argmax(1)
        recalls = [(answer[truth == name] == name).mean() for name in np.unique(truth)]
        whole = len(np.unique(truth)) == classes
        columns = [1] if classes == 2 else range(classes)
        areas = [sk.roc_auc_score(truth == name, chances[:, name]) for name in columns] if whole else [np.nan]
        return (
            sk.accuracy_score(truth, answer),
            np.mean(recalls),
            sk.f1_score(truth, answer, average="macro", zero_division=0),
            np.mean(areas),
        )

    return _beside(target, scores(naive), scores(linear))


def _beside(target: Target, naive: Any, linear: Any) -> dict[str, dict[str, float]]:
    names = [metric.name for metric in METRICS[target.kind]]
    return {
        name: {"naive": float(first), "linear": float(second)} for name, first, second in zip(names, naive, linear, strict=True)
    }

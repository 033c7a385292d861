"""The exact least-squares line, from scikit-learn: what no network without activations can beat on its training rows.

Knows nothing of networks, nor of texts. Regression tasks only; units are those of the task's column.
"""

from typing import Any

import numpy as np
from sklearn.linear_model import LinearRegression
from sklearn.metrics import mean_squared_error, r2_score
from torch import Tensor

from core.data.dataset import Dataset, Target


def fit(dataset: Dataset, target: Target, lane: int = 0) -> LinearRegression | None:
    """Fitted on the labelled training rows of one split, in standardised units; None for classes, texts, or without rows."""
    rows = dataset.rows("train")[lane]
    rows = rows[target.labelled[rows]]
    if target.kind != "regression" or dataset.words or not len(rows):
        return None
    return LinearRegression().fit(dataset.features[lane, rows].numpy().astype(np.float64), target.values[lane, rows].numpy())


def line(dataset: Dataset, target: Target, features: Tensor) -> list[float] | None:
    """The fit's answers on `features` `[row, feature]`, in units."""
    fitted = fit(dataset, target)
    return None if fitted is None else _in_units(target, fitted.predict(features.numpy().astype(np.float64))).tolist()


def scores(dataset: Dataset, target: Target, part: str, lane: int = 0) -> dict[str, Any] | None:
    """r2 and mse on the labelled rows of "train", "validation" or "test"; NaN where they have no value."""
    fitted = fit(dataset, target, lane)
    if fitted is None:
        return None
    rows = dataset.rows(part)[lane]
    rows = rows[target.labelled[rows]]
    if not len(rows):
        return {"r2": np.nan, "mse": np.nan}
    guess = _in_units(target, fitted.predict(dataset.features[lane, rows].numpy().astype(np.float64)), lane)
    truth = _in_units(target, target.values[lane, rows].numpy().astype(np.float64), lane)
    same = len(rows) < 2 or np.ptp(truth) == 0
    return {"r2": np.nan if same else r2_score(truth, guess), "mse": mean_squared_error(truth, guess)}


def _in_units(target: Target, values: np.ndarray, lane: int = 0) -> np.ndarray:
    return values * float(target.scale[lane]) + float(target.mean[lane])

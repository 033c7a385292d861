"""How good predictions are, for all replicas at once, in torch. Agrees with scikit-learn's metrics of the same names.

Knows nothing of losses, of training or of which rows it is shown.
"""

from typing import Literal, NamedTuple

import torch
from torch import Tensor

from core.data.dataset import Target
from core.experiment import TaskKind


class Metric(NamedTuple):
    """A metric as a page shows it; `in_units`: in the units of the task's column (else a plain number)."""

    name: str
    title: str
    better: Literal["higher", "lower"]
    help: str
    in_units: bool = False


HUGE = 2.0**1000  # beyond every float32
CLASSES = (
    Metric("accuracy", "Accuracy", "higher", "The share of rows that get the right answer."),
    Metric(
        "balanced_accuracy",
        "Balanced accuracy",
        "higher",
        "The share of right answers within each class, averaged over the classes: a rare class counts as much as a common one.",
    ),
    Metric(
        "macro_f1",
        "Macro F1",
        "higher",
        "For each class, how many of its rows are found and how many of those claimed are right, in one number; "
        "then the average over the classes.",
    ),
    Metric(
        "auroc",
        "AUROC",
        "higher",
        "How often a row of a class gets a higher probability of it than a row of another: 1 is perfect, 0.5 is guessing.",
    ),
)
METRICS: dict[TaskKind, tuple[Metric, ...]] = {
    "binary": CLASSES,
    "multiclass": CLASSES,
    "regression": (
        Metric(
            "r2",
            "R²",
            "higher",
            "The share of the ups and downs that is explained: 1 is perfect, 0 as good as the average alone, below 0 is worse.",
        ),
        Metric("mse", "Mean squared error", "lower", "How far off predictions are, squared: in squared units of the column."),
        Metric("mae", "Mean absolute error", "lower", "How far off a prediction is on average.", True),
        Metric("rmse", "Root mean squared error", "lower", "How far off predictions are, with far misses counting more.", True),
        Metric(
            "mse_standardised", "Mean squared error, standardised", "lower", "The same in standard deviations of the column."
        ),
        Metric(
            "mae_standardised", "Mean absolute error, standardised", "lower", "The same in standard deviations of the column."
        ),
        Metric(
            "rmse_standardised",
            "Root mean squared error, standardised",
            "lower",
            "The same in standard deviations of the column.",
        ),
    ),
}


def primary(kind: TaskKind) -> str:
    """The name of the metric that is shown large."""
    return METRICS[kind][0].name


def probabilities(kind: TaskKind, outputs: Tensor) -> Tensor:
    """Logits `[..., row, output]` as probabilities of the same shape: of yes (binary), of each class (multiclass).

    Regression has no probabilities: its outputs come back as they are, in standardised units.
    """
    if kind == "multiclass":
        return torch.softmax(outputs, -1)
    return torch.sigmoid(outputs) if kind == "binary" else outputs


def score(target: Target, outputs: Tensor, rows: Tensor) -> dict[str, Tensor]:
    """Every metric of the task's kind, each `[replica]`, over those of `rows` that have a label.

    outputs: `[replica, row, output]`, raw, for exactly these rows; rows: int64 row numbers `[split, row]`, split 1
    (all replicas share them) or the number of replicas. NaN where a metric has no value: no labelled row,
    AUROC when a class is absent, R² when all answers are equal or there is only one.
    """
    if len(rows) == 1 and len(target.values) == 1:
        row, mask = rows[0], None
        known = target.labelled.index_select(0, row)
        if not known.all():
            keep = known.nonzero().squeeze(1)
            row, outputs = row.index_select(0, keep), outputs.index_select(1, keep)
        truth = target.values[0].index_select(0, row).unsqueeze(0)
    else:
        rows, values = rows.expand(len(outputs), -1), target.values.expand(len(outputs), -1)
        truth, mask = values.gather(1, rows), target.labelled[rows]
    if target.kind == "regression":
        return _regression(outputs.squeeze(-1), truth, mask, target.scale)
    return _classification(target.kind, outputs, truth.long(), mask)


def _regression(output: Tensor, truth: Tensor, mask: Tensor | None, scale: Tensor) -> dict[str, Tensor]:
    """output `[replica, row]`, truth `[1 or replica, row]`, mask the same or None, scale `[1 or replica]`."""
    miss = output - truth
    if mask is None:
        count: float | Tensor = truth.shape[1] or float("nan")
        off = truth - truth.sum(1, keepdim=True) / count
    else:
        miss = miss * mask
        count = mask.sum(1)
        off = (truth - (truth * mask).sum(1, keepdim=True) / count.unsqueeze(1)) * mask
    squares, spread = torch.linalg.vecdot(miss, miss), torch.linalg.vecdot(off, off)
    rsquared = torch.where(spread > 0, 1 - squares / spread, torch.nan)
    mae, mse = miss.abs().sum(1) / count, squares / count
    rmse = mse.sqrt()
    return {
        "r2": rsquared,
        "mse": mse * scale**2,
        "mae": mae * scale,
        "rmse": rmse * scale,
        "mse_standardised": mse,
        "mae_standardised": mae,
        "rmse_standardised": rmse,
    }


def _classification(kind: TaskKind, outputs: Tensor, truth: Tensor, mask: Tensor | None) -> dict[str, Tensor]:
    """outputs `[replica, row, output]`, truth `[1 or replica, row]`, mask the same or None."""
    classes = max(2, outputs.shape[-1])
    predicted = outputs.argmax(-1) if kind == "multiclass" else (outputs[..., 0] > 0).long()
    scores = outputs.transpose(1, 2).contiguous()  # softmax along the rows is ten times slower
    table = confusion(truth, predicted, mask, classes).to(torch.float32)
    right, true, claimed = table.diagonal(dim1=1, dim2=2), table.sum(2), table.sum(1)
    seen, used = true > 0, true + claimed
    f1 = (2 * right / used.clamp(min=1)).sum(1) / (used > 0).sum(1)
    return {
        "accuracy": right.sum(1) / true.sum(1),
        "balanced_accuracy": (right / true.clamp(min=1)).sum(1) / seen.sum(1),
        "macro_f1": f1,
        "auroc": auroc(torch.log_softmax(scores, 1) if kind == "multiclass" else scores, truth, mask),
    }


def confusion(truth: Tensor, predicted: Tensor, mask: Tensor | None, classes: int) -> Tensor:
    """Counts `[replica, true class, predicted class]` from class numbers `[replica, row]`."""
    replicas = len(predicted)
    cell = truth * classes + predicted
    cell += torch.arange(replicas).unsqueeze(1) * classes**2
    cell = cell.flatten() if mask is None else cell[mask]
    return torch.bincount(cell, minlength=replicas * classes**2).view(replicas, classes, classes)


def auroc(scores: Tensor, truth: Tensor, mask: Tensor | None = None) -> Tensor:
    """Area under the ROC curve `[replica]`: the share of (row of the class, other row) pairs in right order, ties half.

    scores: `[replica, 1, row]` of yes, or `[replica, class, row]`, one class against the rest, averaged over all
    classes (Hand and Till 2001 call this macro); truth: class numbers `[1 or replica, row]`. NaN when a class is absent.
    """
    classes, rows = scores.shape[1:]
    hot = truth.unsqueeze(1) == (torch.arange(classes).unsqueeze(1) if classes > 1 else 1)
    # a float32 as float64 leaves its last 29 bits free: the last one says whether the row is of the class (+ 0: no minus zero)
    wide = scores.to(torch.float64, copy=True).add_(0.0).clamp_(-HUGE, HUGE)
    count: int | Tensor = rows
    if mask is not None:
        hot = hot & mask.unsqueeze(1)
        wide.masked_fill_(~mask.unsqueeze(1), 2 * HUGE)  # after all others: in nobody's way
        count = mask.sum(1).unsqueeze(1)
    key, place, positive = wide.view(torch.int64), torch.arange(rows), hot.sum(2)
    ordered = _sorted(key + hot)
    there = ordered & 1
    places = (there * place).sum(2)
    ordered ^= there
    ties = bool((ordered[..., 1:] == ordered[..., :-1]).any())  # then: the mean of both orders
    other = (((_sorted(key + ~hot) & 1) ^ 1) * place).sum(2) if ties else places
    pairs = positive * (count - positive)
    return ((places + other - positive * (positive - 1)) / (2 * pairs)).mean(1)  # 0 / 0 is NaN


def _sorted(keys: Tensor) -> Tensor:
    """Bits of float64 along the last axis, sorted as floats. NumPy takes a tenth of the time of torch's sort here."""
    keys.view(torch.float64).numpy().sort(axis=-1)
    return keys

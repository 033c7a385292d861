"""A column that alone tells a task almost perfectly, and so may hold the answer. Knows nothing of networks.

Each column that is no task is looked at by itself, on at most 5,000 rows: a model of it alone is fitted to one half of them
and scored on the other. Of classes: the most telling answer for each of its values, or a shallow tree where it is numbers; the
score is balanced accuracy. Of amounts: the mean for each value, or a line and a rising or falling curve; the score is R². From
0.98 on it is said; naive answers have 1/classes, and 0.

Not said where nothing could leak: where it is the only column to predict from, and where more than half of the columns, and
four or more, would each do, for then the task is easy and no column a copy of it.
"""

import math
from collections.abc import Iterator

import numpy as np
import pandas as pd
from sklearn.isotonic import IsotonicRegression
from sklearn.tree import DecisionTreeClassifier

from core.data.findings._finding import Finding, leave_out, quoted
from core.data.findings._look import Look
from core.data.values import numbers, texts
from core.experiment import Task
from core.registry import Params

__all__ = ["Params"]

TITLE = "Leakage"
HELP = "A column that alone tells a task almost perfectly: it may hold the answer."
ORDER = 2
ROWS, FEWER, MANY = 5_000, 2_000, 500  # rows; those where there are many pairs of a column and a task
FEWEST, EACH = 40, 5  # so many rows with an answer, and so many in each half of each class
CLEAR, LIKELY = 0.98, 0.8  # said from here on; looked at closely from here on
BINS, LEVELS = 64, 200
DEPTH, RARE = 3, 0.1


def find(look: Look) -> Iterator[Finding]:
    frame = look.frame
    most = FEWER if len(look.others) * len(look.tasks) > MANY else ROWS
    if len(frame) > most:
        frame = frame.take(np.sort(np.random.default_rng(0).choice(len(frame), most, replace=False)))
    half = np.random.default_rng(0).random(len(frame)) < 0.5
    if len(look.others) < 2:
        return
    told = {name: _cells(look, frame[name], look.kinds[name] == "number") for name in look.others}
    for task in look.tasks:
        answers = _answers(task, frame, look)
        if answers is None:
            continue
        found = {name: score for name, cells in told.items() if (score := _best(cells, answers, half, task)) >= CLEAR}
        if 2 * len(found) > len(told) and len(found) >= 4:
            continue
        for name, score in found.items():
            figure = f"R² {score:.3f}" if task.kind == "regression" else f"balanced accuracy {score:.3f}"
            sentence = (
                f"{quoted(name)} alone tells {quoted(task.column)} almost perfectly ({figure} on rows kept aside): "
                "will it be known before the answer is?"
            )
            yield Finding("leakage", name, sentence, (leave_out(name),))


Cells = tuple[np.ndarray, np.ndarray, bool]
"""Numbers `[row]` (places of texts), the bin or value that each row falls into, from 0, and whether they are amounts."""


def _cells(look: Look, column: pd.Series, amounts: bool) -> Cells:
    marks = look.marks(str(column.name))
    if not amounts:
        codes, _ = pd.factorize(texts(column, marks))
        return codes.astype(np.float64), codes + 1, False
    values = numbers(column, marks)
    known = values[~np.isnan(values)]
    edges = np.unique(np.quantile(known, np.linspace(0, 1, BINS + 1)[1:-1])) if len(known) else np.empty(0)
    return values, np.where(np.isnan(values), 0, np.searchsorted(edges, values, side="right") + 1), True


def _answers(task: Task, frame: pd.DataFrame, look: Look) -> np.ndarray | None:
    """Amounts, NaN where missing, or class numbers, -1 where missing or rare; None where there are too few to tell."""
    marks = look.marks(task.column)
    if task.kind == "regression":
        values = numbers(frame[task.column], marks)
        known = values[~np.isnan(values)]
        return values if len(known) >= FEWEST and np.ptp(known) > 0 else None
    codes, _ = pd.factorize(texts(frame[task.column], marks))
    counts = np.bincount(codes[codes >= 0], minlength=1)
    codes = np.where((codes >= 0) & (counts[codes] >= 2 * EACH), codes, -1)
    kept, classes = pd.factorize(np.where(codes >= 0, codes, np.nan))
    return kept if len(classes) > 1 and (kept >= 0).sum() >= FEWEST else None


def _best(cells: Cells, answers: np.ndarray, half: np.ndarray, task: Task) -> float:
    """Of all rows, where a missing value may tell too; and where at most half is missing, of the rows that have one."""
    values, bins, amounts = cells
    score = _score(values, bins, amounts, answers, half, task)
    has = bins > 0
    if score >= CLEAR or has.all() or 2 * has.sum() < max(len(has), 2 * FEWEST):
        return score
    return max(score, _score(values[has], bins[has], amounts, answers[has], half[has], task))


def _score(values: np.ndarray, bins: np.ndarray, amounts: bool, answers: np.ndarray, half: np.ndarray, task: Task) -> float:
    """Of a quick model first, by bins; where that looks likely, of a fine one."""
    known = answers >= 0 if task.kind != "regression" else ~np.isnan(answers)
    fit, test = known & half, known & ~half
    if not fit.any() or not test.any() or (not amounts and bins.max() > LEVELS):
        return 0.0
    if task.kind == "regression":
        score = _by_bins(bins, answers, fit, test)
        if not amounts or max(score, _by_bins(bins, _ranks(answers), fit, test)) < LIKELY:
            return score
        return max(score, *_curves(values, answers, fit, test))
    classes = int(answers.max()) + 1
    table = np.bincount(bins[fit] * classes + answers[fit], minlength=(bins.max() + 1) * classes).reshape(-1, classes)
    score = _balanced((table / np.maximum(table.sum(0), 1)).argmax(1)[bins[test]], answers[test])
    rare = table.sum(0).min() < RARE * table.sum()  # bins that hold some of a rare class hold more of the others
    if not amounts or (score < LIKELY and not rare):
        return score
    depth = max(DEPTH, math.ceil(math.log2(classes)) + 1)
    tree = DecisionTreeClassifier(max_depth=depth, class_weight="balanced", random_state=0)
    tree.fit(values[fit, None], answers[fit])
    return max(score, _balanced(tree.predict(values[test, None]), answers[test]))


def _by_bins(bins: np.ndarray, answers: np.ndarray, fit: np.ndarray, test: np.ndarray) -> float:
    """R² of the mean of each bin."""
    mean, most = answers[fit].mean(), bins.max() + 1
    means = np.bincount(bins[fit], answers[fit] - mean, minlength=most) / np.maximum(np.bincount(bins[fit], minlength=most), 1)
    return _r2(means[bins[test]] + mean, answers[test])


def _ranks(answers: np.ndarray) -> np.ndarray:
    """Places in order, which a bend of the scale does not change; missing answers have the last ones."""
    places = np.empty(len(answers))
    places[np.argsort(answers)] = np.arange(len(answers))
    return places


def _curves(values: np.ndarray, answers: np.ndarray, fit: np.ndarray, test: np.ndarray) -> tuple[float, float]:
    """R² of a line, and of a curve that only rises or only falls. Missing values take the median's place."""
    filled = np.where(np.isnan(values), np.nanmedian(values), values)
    line = np.polynomial.Polynomial.fit(filled[fit], answers[fit], 1) if np.ptp(filled[fit]) else None
    curve = IsotonicRegression(increasing="auto", out_of_bounds="clip").fit(filled[fit], answers[fit])
    first = _r2(line(filled[test]), answers[test]) if line is not None else 0.0
    return first, _r2(curve.predict(filled[test]), answers[test])


def _r2(guess: np.ndarray, truth: np.ndarray) -> float:
    spread = float(((truth - truth.mean()) ** 2).sum())
    return 1 - float(((guess - truth) ** 2).sum()) / spread if spread else 0.0


def _balanced(guess: np.ndarray, truth: np.ndarray) -> float:
    counts = np.bincount(truth)
    if counts[counts > 0].min() < EACH // 2 or np.count_nonzero(counts) < 2:
        return 0.0
    right = np.bincount(truth, guess == truth)
    return float((right[counts > 0] / counts[counts > 0]).mean())

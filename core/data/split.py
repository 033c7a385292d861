"""Deals rows to training, validation and test, each alike in its labels. Knows nothing of columns or tensors."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from core.experiment import Split

SMALLEST = 5  # a later task divides a stratum only into parts of at least so many rows


class Rows(NamedTuple):
    """Row numbers, sorted."""

    train: np.ndarray
    validation: np.ndarray
    test: np.ndarray


def strata(labels: Sequence[np.ndarray]) -> np.ndarray:
    """The stratum `[row]` of each row: rows with the same labels share one.

    labels: per task int codes `[row]` (its class; -1 without a label). The first task always counts; each
    further one divides what there is wherever the parts stay large enough.
    """
    if not labels or not len(labels[0]):
        return np.zeros(0, dtype=np.int64)
    found = np.unique(labels[0], return_inverse=True)[1]
    for more in labels[1:]:
        finer = found * (more.max() + 2) + more + 1
        _, where, counts = np.unique(finer, return_inverse=True, return_counts=True)
        found = np.unique(np.where(counts[where] >= SMALLEST, where, -1 - found), return_inverse=True)[1]
    return found


def deal(
    labels: Sequence[np.ndarray], always: int, inside: np.ndarray, shares: Split, seeds: Sequence[tuple[int, ...]]
) -> list[Rows]:
    """The rows of each split: one for each of `seeds`.

    labels: as `strata` takes them. always: so many of the last rows train. inside: bool `[row]`, the rows that are used
    at all. A row is dealt the same whatever rows are added at the end or lie outside. But where every replica has a split
    of its own (`shares.vary`), all need the same sizes: there the rows inside are dealt out among themselves.
    """
    rows = len(inside)
    dealt = np.flatnonzero(inside[: rows - always]) if shares.vary else np.arange(rows - always)
    stratum = strata([each[dealt] for each in labels])
    found = []
    for seed in seeds:
        parts = Rows(*(dealt[part] for part in split_rows(stratum, shares, seed)))
        parts = parts._replace(train=np.append(parts.train, np.arange(rows - always, rows)))
        found.append(Rows(*(part[inside[part]] for part in parts)))
    return found


def split_rows(stratum: np.ndarray, shares: Split, seed: tuple[int, ...]) -> Rows:
    """Shuffles each stratum and deals it out evenly: sizes depend on the row count and `shares` alone.

    Of a stratum's n rows, shuffled, row k stands at k/n; the rows that stand lowest are tested, the next
    validated, the highest trained. So the last row of every stratum trains, as long as there is room. Of few rows,
    too, one is left to train on.
    """
    rows = len(stratum)
    order = np.random.default_rng(seed).permutation(rows)
    order = order[np.argsort(stratum[order], kind="stable")]
    size = np.bincount(stratum, minlength=1)
    start = np.cumsum(size) - size
    inside = stratum[order]
    place = (np.arange(rows) - start[inside] + 1) / size[inside]
    even = np.random.default_rng((*seed, 1)).permutation(rows)
    dealt = order[np.lexsort((even, place))]
    tested, validated = (max(1, round(rows * share)) if share else 0 for share in (shares.test, shares.validation))
    tested = min(tested, max(rows - 1, 0))
    validated = min(validated, max(rows - 1 - tested, 0))
    parts = np.split(dealt, [tested, tested + validated])
    return Rows(test=np.sort(parts[0]), validation=np.sort(parts[1]), train=np.sort(parts[2]))

"""How strongly columns go together: tasks with tasks, inputs with tasks. Knows nothing of networks or pictures.

Two scales, both from 0 (nothing) to 1 (everything). `strength` of a pair is the usual measure of its kinds: Cramér's V of two
columns of classes, the correlation ratio of classes and amounts, the size of Pearson's correlation of two columns of amounts.
`told` is the share of a task's spread that goes away when an input is known: with sums over the values g of the input,

    1 - (spread of the answers within g, summed) / (spread of all answers)

The spread of amounts is their variance (then this is the correlation ratio squared), that of classes the chance that two rows
differ (Gini; then it is Goodman and Kruskal's tau). Amounts as inputs are cut into groups of as many rows each; "missing" is a
value too. As many groups fit by chance alone, the share is adjusted as R2 is: 1 - (1 - share) (n - 1) / (n - groups).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import beta

from core.data.look import amounts
from core.data.values import levels, no_first, numbers, texts
from core.experiment import Data, Kind, Task, TaskKind

ROWS, LABELLED = 100_000, 10_000
"""Rows that are looked at, and rows with a label of a task that an input is held against."""
LEVELS = 30  # the most frequent values of a column have a class each; the rest share one
GROUPS, GROUP = 16, 5  # so many groups of amounts at most, so many rows in each at least
GRID, POINTS = 40, 1_000  # squares along each side, past so many rows; up to there every row is a point
ENDS = (5, 25, 50, 75, 95)


@dataclass(frozen=True)
class Measured:
    """A column: amounts `[row]` (float64, NaN where missing) or the places of its `classes` (int64, -1 where missing)."""

    name: str
    amounts: bool
    values: np.ndarray
    classes: tuple[str, ...] = ()

    @property
    def known(self) -> np.ndarray:
        return ~np.isnan(self.values) if self.amounts else self.values >= 0

    def of(self, rows: np.ndarray) -> "Measured":
        return Measured(self.name, self.amounts, self.values[rows], self.classes)


@dataclass(frozen=True)
class Overlap:
    """How many rows have both labels, only the first, only the second, none."""

    both: int
    first: int
    second: int
    none: int


@dataclass(frozen=True)
class Pair:
    """Two tasks together, on the rows that have both labels.

    strength: 0 to 1, None where one of them is always the same; signed: Pearson's correlation of two tasks of amounts.
    counts `[first class][second class]`: of two tasks of classes. boxes: of classes and amounts, a class's rows, mean and
    `ENDS` percentiles; swapped: the amounts are the first task's. points: of two tasks of amounts with few rows, and of more
    grid (counts `[second][first]`) with the middles of its squares (across, up).
    """

    first: str
    second: str
    overlap: Overlap
    strength: float | None
    signed: float | None = None
    classes: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    counts: tuple[tuple[int, ...], ...] = ()
    boxes: Mapping[str, tuple[int, float, tuple[float, ...]]] | None = None
    swapped: bool = False
    points: tuple[tuple[float, float], ...] = ()
    grid: tuple[tuple[int, ...], ...] = ()
    across: tuple[float, ...] = ()
    up: tuple[float, ...] = ()


@dataclass(frozen=True)
class Together:
    """Every pair of tasks. strength `[task][task]`: None where there is none, and on the diagonal; rows: looked at."""

    tasks: tuple[str, ...]
    strength: tuple[tuple[float | None, ...], ...]
    overlap: tuple[tuple[Overlap, ...], ...]
    rows: int


@dataclass(frozen=True)
class Telling:
    """What each input says of each task. inputs: those that say most of any task first; share `[input][task]`, None where
    nothing can be said; rows: labels of each task that were looked at; chance: what an input of nothing but chance
    stays below 19 times in 20, by task.
    """

    inputs: tuple[str, ...]
    tasks: tuple[str, ...]
    share: tuple[tuple[float | None, ...], ...]
    rows: tuple[int, ...]
    chance: tuple[float, ...]


def drawn(frame: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The frame, or as many of its rows as are looked at, drawn by the seed and in their order."""
    if len(frame) <= ROWS:
        return frame
    return frame.iloc[np.sort(np.random.default_rng(seed).choice(len(frame), ROWS, replace=False))]


def measured(name: str, kind: Kind | TaskKind, column: pd.Series, marks: tuple[float | str, ...] = ()) -> Measured:
    """The column as amounts or classes. What does not fit its kind is missing; rare classes are together the last one."""
    if kind in ("number", "regression"):
        plain = isinstance(column.dtype, np.dtype) and column.dtype.kind in "iuf"
        return Measured(name, True, amounts(column, marks) if plain else numbers(column, marks))
    codes, found = pd.factorize(texts(column, marks))
    known = no_first(levels(found))
    most = np.bincount(codes[codes >= 0], minlength=len(found))
    if len(known) > LEVELS:
        kept = {found[place] for place in np.argsort(-most, kind="stable")[:LEVELS]}
        classes = (*(text for text in known if text in kept), f"{len(known) - LEVELS:,} others")
    else:
        kept, classes = set(known), known
    places = {text: place for place, text in enumerate(classes)}
    new = np.array([*(places[text] if text in kept else LEVELS for text in found), -1], dtype=np.int64)
    return Measured(name, False, new[codes], classes)


def strength(one: Measured, other: Measured) -> float | None:
    """From 0 to 1 how two columns go together where both are known; None where one of them is always the same there."""
    rows = one.known & other.known
    first, second = one.of(rows), other.of(rows)
    if one.amounts and other.amounts:
        signed = pearson(first.values, second.values)
        return None if signed is None else abs(signed)
    if not one.amounts and not other.amounts:
        return _cramer(_table(first, second))
    groups, answers = (second, first) if one.amounts else (first, second)
    if len(np.unique(groups.values)) < 2:
        return None
    share = _share(groups.values, answers)
    return None if share is None else float(np.sqrt(share))


def pearson(one: np.ndarray, other: np.ndarray) -> float | None:
    """Pearson's correlation; None where one of the two is always the same."""
    if len(one) < 2:
        return None
    first, second = _standard(one), _standard(other)
    if first is None or second is None:
        return None
    return float(np.clip(np.mean(first * second), -1.0, 1.0))


def overlap(one: Measured, other: Measured) -> Overlap:
    first, second = one.known, other.known
    counts = ((first & second), (first & ~second), (~first & second), (~first & ~second))
    return Overlap(*(int(rows.sum()) for rows in counts))


def together(frame: pd.DataFrame, data: Data, tasks: Sequence[Task], seed: int) -> Together:
    """Every pair of the tasks that the table has."""
    frame = drawn(frame, seed)
    all_of = [_task(frame, data, task) for task in tasks if task.column in frame]
    size = range(len(all_of))
    pairs = {(i, j): strength(all_of[i], all_of[j]) for i in size for j in size if i < j}
    return Together(
        tuple(each.name for each in all_of),
        tuple(tuple(pairs.get((min(i, j), max(i, j))) for j in size) for i in size),
        tuple(tuple(overlap(all_of[i], all_of[j]) for j in size) for i in size),
        len(frame),
    )


def pair(frame: pd.DataFrame, data: Data, first: Task, second: Task, seed: int) -> Pair:
    """Two tasks looked at closely."""
    frame = drawn(frame, seed)
    one, other = _task(frame, data, first), _task(frame, data, second)
    shared, how = overlap(one, other), strength(one, other)
    rows = one.known & other.known
    a, b = one.of(rows), other.of(rows)
    made = Pair(one.name, other.name, shared, how, classes=(one.classes, other.classes))
    if one.amounts and other.amounts:
        return _amounts_pair(made, a.values, b.values)
    if not one.amounts and not other.amounts:
        return _with(made, counts=tuple(tuple(int(count) for count in line) for line in _table(a, b)))
    groups, answers = (b, a) if one.amounts else (a, b)
    return _with(made, boxes=_boxes(groups, answers.values), swapped=one.amounts)


def telling(frame: pd.DataFrame, data: Data, tasks: Sequence[Task], seed: int) -> Telling:
    """What each input but texts says of each task; each task on at most `LABELLED` rows with its label, drawn by the seed."""
    frame = drawn(frame, seed)
    order = np.random.default_rng(seed).permutation(len(frame))
    answers = [_task(frame, data, task) for task in tasks if task.column in frame]
    chosen = [np.sort(order[each.known[order]][:LABELLED]) for each in answers]
    rows = np.unique(np.concatenate([np.empty(0, dtype=np.int64), *chosen]))
    looked = frame.iloc[rows]
    shares, groups_of = {}, []
    for name, kind in data.inputs.items():
        if name not in frame or kind == "text":
            continue
        groups = grouped(measured(name, kind, looked[name], data.marks(name)))
        groups_of.append(int(groups.max(initial=0)) + 1)
        shares[name] = tuple(
            told(groups[np.searchsorted(rows, own)], each.of(own)) for own, each in zip(chosen, answers, strict=True)
        )
    inputs = sorted(shares, key=lambda name: -max((share or 0.0 for share in shares[name]), default=0.0))
    counts, most = tuple(len(own) for own in chosen), max(groups_of, default=1)
    return Telling(
        tuple(inputs),
        tuple(each.name for each in answers),
        tuple(shares[name] for name in inputs),
        counts,
        tuple(by_chance(count, min(most, max(2, count // GROUP))) for count in counts),
    )


def told(groups: np.ndarray, answers: Measured) -> float | None:
    """The adjusted share of the answers' spread that goes away when one knows the group of a row.

    groups: `[row]`, from 0; answers: of the same rows, all known. None where all answers are the same, or there are
    no more rows than groups.
    """
    share, used = _share(groups, answers), np.count_nonzero(np.bincount(groups))
    rows = len(groups)
    if share is None or rows <= used:
        return None
    return float(np.clip(1.0 - (1.0 - share) * (rows - 1) / (rows - used), 0.0, 1.0))


def grouped(column: Measured) -> np.ndarray:
    """The group `[row]` of every row, from 0: its class, or where it stands among the amounts; missing is the last group."""
    if not column.amounts:
        return _dense(np.where(column.values < 0, len(column.classes), column.values))
    known = column.values[column.known]
    most = min(GROUPS, max(2, len(known) // GROUP))
    known = np.sort(known)
    distinct = known[np.flatnonzero(np.diff(known, prepend=-np.inf))]
    ends = distinct[1:] if len(distinct) <= most else known[np.arange(1, most) * len(known) // most]
    places = np.searchsorted(ends, np.where(column.known, column.values, 0.0), side="right")
    return _dense(np.where(column.known, places, len(ends) + 1))


def by_chance(rows: int, groups: int) -> float:
    """The share that groups without any meaning stay below 19 times in 20 (exact for normal amounts)."""
    if rows <= groups or groups < 2:
        return 0.0
    share = beta.ppf(0.95, (groups - 1) / 2, (rows - groups) / 2)
    return float(max(0.0, 1.0 - (1.0 - share) * (rows - 1) / (rows - groups)))


def _task(frame: pd.DataFrame, data: Data, task: Task) -> Measured:
    return measured(task.column, task.kind, frame[task.column], data.marks(task.column))


def _with(made: Pair, **more: object) -> Pair:
    return Pair(**{**made.__dict__, **more})


def _dense(places: np.ndarray) -> np.ndarray:
    """The same groups, numbered from 0 without a gap."""
    return (np.cumsum(np.bincount(places) > 0) - 1)[places] if len(places) else places


def _standard(values: np.ndarray) -> np.ndarray | None:
    """Mean 0 and variance 1; None where all are the same, be it but for rounding."""
    centred = values - values.mean()
    spread = centred.std()
    return centred / spread if spread > 1e-12 * np.abs(values).max(initial=0.0) else None


def _share(groups: np.ndarray, answers: Measured) -> float | None:
    """The share of the answers' spread that lies between groups; None where they are all the same."""
    sizes = np.bincount(groups)
    sizes_or_one = np.maximum(sizes, 1)
    if answers.amounts:
        values = _standard(answers.values) if len(groups) else None
        if values is None:
            return None
        sums = np.bincount(groups, weights=values)
        return float(np.clip((sums**2 / sizes_or_one).sum() / len(groups), 0.0, 1.0))
    width = len(answers.classes)
    table = np.bincount(groups * width + answers.values, minlength=len(sizes) * width).reshape(len(sizes), width)
    alike = (table.sum(axis=0) / max(len(groups), 1)) ** 2
    total = 1.0 - alike.sum()
    if not len(groups) or total <= 0.0:
        return None
    within = ((table**2).sum(axis=1) / sizes_or_one).sum() / len(groups)
    return float(np.clip((within - alike.sum()) / total, 0.0, 1.0))


def _table(one: Measured, other: Measured) -> np.ndarray:
    """Counts `[class][class]` of two columns of classes that are known everywhere."""
    shape = (len(one.classes), len(other.classes))
    return np.bincount(one.values * shape[1] + other.values, minlength=shape[0] * shape[1]).reshape(shape)


def _cramer(table: np.ndarray) -> float | None:
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    rows, least = table.sum(), min(table.shape) - 1
    if least < 1:
        return None
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / rows
    return float(np.sqrt(min(1.0, ((table - expected) ** 2 / expected).sum() / (rows * least))))


def _boxes(groups: Measured, values: np.ndarray) -> dict[str, tuple[int, float, tuple[float, ...]]]:
    boxes = {}
    for place, name in enumerate(groups.classes):
        own = values[groups.values == place]
        if len(own):
            boxes[name] = (len(own), float(own.mean()), tuple(float(end) for end in np.percentile(own, ENDS)))
    return boxes


def _amounts_pair(made: Pair, one: np.ndarray, other: np.ndarray) -> Pair:
    signed = pearson(one, other)
    if len(one) <= POINTS:
        return _with(made, signed=signed, points=tuple(zip(one.tolist(), other.tolist(), strict=True)))
    (places, across), (above, up) = _squares(one), _squares(other)
    counts = np.bincount(above * GRID + places, minlength=GRID**2).reshape(GRID, GRID)
    grid = tuple(tuple(int(count) for count in line) for line in counts)
    return _with(made, signed=signed, grid=grid, across=across, up=up)


def _squares(values: np.ndarray) -> tuple[np.ndarray, tuple[float, ...]]:
    """In which of `GRID` squares of equal width along an axis each value lies, and their middles."""
    low, high = float(values.min()), float(values.max())
    width = (high - low) / GRID or 1.0
    places = np.clip((values - low) / width, 0, GRID - 1).astype(np.int64)
    return places, tuple(low + (place + 0.5) * width for place in range(GRID))

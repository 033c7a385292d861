"""What a comparison trains, and what its outcomes say: verdicts, the matrix of gains, the curve of fewer labels.

Knows nothing of how trainings are done, or in which order. Whatever is not trained yet is None.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from core.compare.gain import Better, Gain, delta_m, gain, interval
from core.compare.part import Part
from core.compare.train import Outcome
from core.experiment import Experiment, TaskKind
from core.training.metrics import METRICS, Metric, primary

SHARES = (0.05, 0.1, 0.25, 0.5, 1.0)
MOST_PAIRED = 8
"""Of more tasks there would be too many pairs to train."""
Outcomes = Mapping[Part, Outcome]


@dataclass(frozen=True)
class Judged:
    """One task with the others against alone. gain: in its main score; loss: in its loss, above 0 where it is lower.

    change: its part of delta_m, in percent, of the score that this is taken of; above 0 is better.
    """

    column: str
    kind: TaskKind
    metric: Metric
    together: float | None
    alone: float | None
    gain: Gain
    loss: Gain
    rows: int
    change: float | None = None


@dataclass(frozen=True)
class Twins:
    """All tasks together against each alone. delta_m: in percent; parameters and seconds: (together, all those alone)."""

    tasks: tuple[Judged, ...]
    delta_m: float | None
    parameters: tuple[int, int]
    seconds: tuple[float, float]
    replicas: int
    scored: str
    failed: tuple[str, ...]


def whole(experiment: Experiment) -> Part:
    return Part(experiment.columns)


def alone(column: str) -> Part:
    return Part((column,))


def scored(experiment: Experiment) -> tuple[str, ...]:
    """The tasks that are judged: all that are not auxiliary."""
    return tuple(task.column for task in experiment.tasks if not task.auxiliary)


def twins(experiment: Experiment) -> list[Part]:
    """All tasks together, and each that is scored alone."""
    return list(dict.fromkeys([whole(experiment), *map(alone, scored(experiment))]))


def sets(experiment: Experiment) -> list[Part]:
    """The lines of the matrix: each task alone, each pair unless there are more than eight tasks, all."""
    columns = experiment.columns
    pairs = [Part(pair) for pair in combinations(columns, 2)] if len(columns) <= MOST_PAIRED else []
    return list(dict.fromkeys([*map(alone, columns), *pairs, whole(experiment)]))


def curve(experiment: Experiment, column: str) -> list[Part]:
    """With fewer and fewer labels of a task: all together, and it alone. The most labels first: they may be known."""
    found = [
        Part(columns, column if share < 1 else "", share)
        for share in reversed(SHARES)
        for columns in (experiment.columns, (column,))
    ]
    return list(dict.fromkeys(found))


def judged(experiment: Experiment, found: Outcomes) -> Twins | None:
    """What sharing is worth to each task, once all that `twins` names is trained."""
    wanted = twins(experiment)
    if any(part not in found for part in wanted):
        return None
    shared, columns = found[whole(experiment)], scored(experiment)
    kinds = {task.column: task.kind for task in experiment.tasks}
    singles = {column: found[alone(column)] for column in columns}
    relative = {column: _relative(kinds[column]) for column in columns}
    better: dict[str, Better] = {column: metric.better for column, metric in relative.items()}
    return Twins(
        tasks=tuple(_judge(column, kinds[column], shared, singles[column]) for column in columns),
        delta_m=delta_m(
            {column: shared.scores[column][metric.name] for column, metric in relative.items()},
            {column: singles[column].scores[column][metric.name] for column, metric in relative.items()},
            better,
        ),
        parameters=(shared.parameters, sum(each.parameters for each in singles.values())),
        seconds=(shared.seconds, sum(each.seconds for each in singles.values())),
        replicas=experiment.replicas,
        scored=shared.scored,
        failed=tuple(dict.fromkeys(each.failure for each in (shared, *singles.values()) if each.failure)),
    )


def as_json(told: Twins) -> dict[str, Any]:
    """The same as plain JSON."""
    tasks = [
        {
            "task": task.column,
            "score": task.metric.name,
            "together": task.together,
            "alone": task.alone,
            "verdict": task.gain.verdict,
            "gain": _plain(task.gain),
            "loss": {"verdict": task.loss.verdict} | _plain(task.loss),
            "change": task.change,
            "rows": task.rows,
        }
        for task in told.tasks
    ]
    costs = {name: dict(zip(("together", "alone"), getattr(told, name), strict=True)) for name in ("parameters", "seconds")}
    rest = {"delta_m": told.delta_m, "replicas": told.replicas, "scored": told.scored, "failed": list(told.failed)}
    return {"tasks": tasks, **costs, **rest}


def _plain(gain: Gain) -> dict[str, Any]:
    return {"mean": gain.mean, "low": gain.low, "high": gain.high, "replicas": gain.replicas}


def main_of(kind: TaskKind) -> Metric:
    return next(metric for metric in METRICS[kind] if metric.name == primary(kind))


def _relative(kind: TaskKind) -> Metric:
    """The score that delta_m is taken of: one above 0. R² may be below, so of a number it is the error."""
    return next(metric for metric in METRICS[kind] if metric.name == ("rmse" if kind == "regression" else primary(kind)))


def _judge(column: str, kind: TaskKind, shared: Outcome, single: Outcome) -> Judged:
    metric, relative = main_of(kind), _relative(kind)
    with_others, by_itself = shared.scores[column], single.scores[column]
    return Judged(
        column,
        kind,
        metric,
        interval(with_others[metric.name]).mean,
        interval(by_itself[metric.name]).mean,
        gain(with_others[metric.name], by_itself[metric.name], metric.better),
        gain(with_others["loss"], by_itself["loss"], "lower"),
        shared.rows[column],
        delta_m({column: with_others[relative.name]}, {column: by_itself[relative.name]}, {column: relative.better}),
    )


def matrix(experiment: Experiment, found: Outcomes) -> list[tuple[Part, list[Gain | None]]]:
    """Per set of tasks trained together, what that is worth to each scored task in its main score, against it alone.

    None for a task that is not in the set, is the set, or is not trained yet.
    """
    kinds = {task.column: task.kind for task in experiment.tasks}
    return [(part, [_worth(part, column, kinds[column], found) for column in scored(experiment)]) for part in sets(experiment)]


def _worth(part: Part, column: str, kind: TaskKind, found: Outcomes) -> Gain | None:
    if column not in part.columns or len(part.columns) == 1 or part not in found or alone(column) not in found:
        return None
    metric = main_of(kind)
    return gain(found[part].scores[column][metric.name], found[alone(column)].scores[column][metric.name], metric.better)


@dataclass(frozen=True)
class Point:
    """A task's main score with so many labels: together with the others, and alone."""

    share: float
    labels: int
    together: Gain | None
    alone: Gain | None


def points(experiment: Experiment, column: str, found: Outcomes) -> list[Point]:
    """The curve of fewer labels, from few to all; those of which nothing is trained yet are left out."""
    kind = next(task.kind for task in experiment.tasks if task.column == column)
    metric, made = main_of(kind).name, []
    for share in SHARES:
        both = [found.get(Part(columns, column if share < 1 else "", share)) for columns in (experiment.columns, (column,))]
        known = next((each for each in both if each), None)
        if known:
            bands = [interval(each.scores[column][metric]) if each else None for each in both]
            made.append(Point(share, known.labels[column], *bands))
    return made

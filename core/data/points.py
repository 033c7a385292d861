"""Points that a person puts into the picture of a curve: added, moved, taken away. Pure: a document in, a checked one out.

Knows nothing of pictures. Samples whose parameters have `points` and `moved` can be edited so; a file is never changed.
"""

from collections.abc import Mapping
from typing import Any

from core.data.samples import BY_HAND, SAMPLES, tasks_of
from core.data.source import load
from core.errors import UserError
from core.experiment import Experiment

DIGITS, HUGE = 6, 1e300  # whole numbers of a message may be beyond every float


def editable(experiment: Experiment) -> bool:
    """Whether the document's rows can be added to and moved."""
    source = experiment.data.source
    return source.kind == "sample" and source.name in SAMPLES and set(BY_HAND) <= set(SAMPLES[source.name].Params.model_fields)


def edited(experiment: Experiment, op: Mapping[str, Any]) -> Experiment:
    """The document with one point added, moved or removed.

    op: {"op": "add", "task", "x", "y"}, {"op": "move", "task", "row", "x", "y"} or {"op": "remove", "task", "row"}: task by its
    number, row of the table. Raises `UserError` where the table cannot be edited, or the point is not there or too far out.
    """
    if not editable(experiment):
        raise UserError(
            "Points can be put into curves that are made here.", "a table of its own", "Choose one of the curves as data."
        )
    source = experiment.data.source
    sample, params = SAMPLES.resolve(source.name, source.params)
    points, moved = [list(point) for point in params.points], [list(point) for point in params.moved]
    made = len(load(source).frame) - len(points)
    column = experiment.columns[_number(op, "task", len(experiment.tasks))]
    curves = list(tasks_of(sample, params))
    if column not in curves or "x" not in experiment.data.inputs:
        raise UserError("A point should belong to a curve.", f"“{column}”", "Choose the data anew, so that x is the input.")
    task = curves.index(column)
    what = op.get("op")
    if what == "add":
        points.append([_value(op, "x"), task, _value(op, "y")])
    elif what in ("move", "remove"):
        row = _number(op, "row", made + len(points))
        if what == "move":
            place = [_value(op, "x"), task, _value(op, "y")]
            if row >= made:
                points[row - made] = place
            else:
                moved = [each for each in moved if (each[0], each[2]) != (row, task)] + [[row, *place]]
        elif row < made:
            raise UserError("Only points of your own can be taken away.", f"row {row + 1}", "Move it, or choose fewer rows.")
        else:
            points.pop(row - made)
    else:
        raise UserError("A point should be added, moved or removed.", f"{what!r:.40}", "Click into the picture.")
    changed = {**source.params, "points": points, "moved": moved}
    SAMPLES.resolve(source.name, changed)  # too far out, or too many
    return experiment.changed("data.source.params", changed)


def cleared(experiment: Experiment) -> Experiment:
    """The document without any point added or moved by hand; of a sample of nothing else, with the points it opens with."""
    source = experiment.data.source
    rest = {name: value for name, value in source.params.items() if name not in BY_HAND}
    drawn = getattr(SAMPLES[source.name], "DRAWN", False)  # all its points are a person's: back to those it opens with
    return experiment.changed("data.source.params", rest if drawn else rest | {name: [] for name in BY_HAND})


def _number(op: Mapping[str, Any], name: str, below: int) -> int:
    value = op.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < below:
        raise UserError(f"The {name} of a point should be one of {below}.", f"{value!r:.40}", "Click into the picture.")
    return value


def _value(op: Mapping[str, Any], name: str) -> float:
    value = op.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) <= HUGE:
        raise UserError(f"The {name} of a point should be a number.", f"{value!r:.40}", "Click into the picture.")
    return float(f"{value:.{DIGITS}g}")

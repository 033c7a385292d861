"""What everyone in a room has come to, as CSV that a spreadsheet only shows. Knows nothing of databases or of live runs."""

from collections.abc import Iterable

import pandas as pd

from core.data.spreadsheet import to_csv
from core.experiment import Experiment
from core.rooms.result import Result
from core.training.metrics import primary

COLUMNS = ("nickname", "task", "metric", "value", "epochs", "parameters", "scheme", "handed in")
Told = tuple[str, Experiment | None, Result | None, bool]
"""A member: nickname, document, result, whether it was handed in."""


def csv_of(told: Iterable[Told]) -> str:
    """A row for each member and scored task.

    value: of the task's primary metric on the validation rows. Of who has no run there is one row with the nickname alone.
    """
    rows: list[dict[str, object]] = []
    for nickname, experiment, result, handed in told:
        whose: dict[str, object] = {"nickname": nickname, "handed in": "yes" if handed else "no"}
        if experiment is None or result is None:
            rows.append(whose)
            continue
        whose |= {"epochs": result.epochs, "parameters": result.parameters, "scheme": experiment.weighting.name}
        kinds = {task.column: task.kind for task in experiment.tasks}
        rows += [
            whose | {"task": task, "metric": primary(kinds[task]), "value": score} for task, score in result.scores.items()
        ]
    return to_csv(pd.DataFrame(rows, columns=pd.Index(COLUMNS)))

"""Changes of the document that values meaning "not known" bring: in one column, or in all. Pure. Knows nothing of widgets."""

from collections.abc import Iterable
from typing import Any

from core.data.columns import role_of
from core.data.dataset import Table
from core.data.infer import kind_of, task_kind_of
from core.experiment import Experiment, parse


def with_missing(experiment: Experiment, table: Table, column: str, marks: tuple[float | str, ...]) -> Experiment:
    """The document with other marks for a column. A kind that was only guessed is guessed anew, one that was chosen stays."""
    missing: dict[str, Any] = {name: values for name, values in experiment.data.missing.items() if name != column}
    return _guessed_anew(experiment, table, {"missing": missing | ({column: marks} if marks else {})}, [column])


def with_missing_everywhere(experiment: Experiment, table: Table, marks: tuple[float | str, ...]) -> Experiment:
    """The document with other marks for all columns; kinds as in `with_missing`."""
    used = [column for column in table.frame.columns if role_of(experiment, column) != "ignore"]
    return _guessed_anew(experiment, table, {"everywhere": marks}, used)


def _guessed_anew(experiment: Experiment, table: Table, data: dict[str, Any], columns: Iterable[str]) -> Experiment:
    """The document with other data settings, and the kinds of some columns guessed anew, where they were only guessed."""
    document: dict[str, Any] = experiment.model_dump(mode="json")
    document["data"] |= data
    before, after = experiment.data, parse(document).data
    for column in columns:
        values, old, new = table.frame[column], before.marks(column), after.marks(column)
        if role_of(experiment, column) == "input" and before.inputs[column] == kind_of(values, old):
            document["data"]["inputs"][column] = kind_of(values, new)
        for task in document["tasks"]:
            if task["column"] == column and task["kind"] == task_kind_of(values, old) != task_kind_of(values, new):
                task |= {"kind": task_kind_of(values, new), "loss": None}
    return parse(document)

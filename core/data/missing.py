"""Changes of the document that values meaning "not known" bring: in one column, or in all. Pure. Knows nothing of widgets."""

from typing import Any

from core.data.columns import guessed_anew, role_of
from core.data.dataset import Table
from core.experiment import Experiment, parse


def with_missing(experiment: Experiment, table: Table, column: str, marks: tuple[float | str, ...]) -> Experiment:
    """The document with other marks for a column. A kind that was only guessed is guessed anew, one that was chosen stays."""
    missing: dict[str, Any] = {name: values for name, values in experiment.data.missing.items() if name != column}
    return _with(experiment, table, {"missing": missing | ({column: marks} if marks else {})}, [column])


def with_missing_everywhere(experiment: Experiment, table: Table, marks: tuple[float | str, ...]) -> Experiment:
    """The document with other marks for all columns; kinds as in `with_missing`."""
    used = [str(column) for column in table.frame.columns if role_of(experiment, str(column)) != "ignore"]
    return _with(experiment, table, {"everywhere": marks}, used)


def _with(experiment: Experiment, table: Table, data: dict[str, Any], columns: list[str]) -> Experiment:
    document: dict[str, Any] = experiment.model_dump(mode="json")
    document["data"] |= data
    return guessed_anew(parse(document), experiment, columns, table.frame, table.frame)

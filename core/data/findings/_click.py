"""What a click on an offer does to the document, and how it is undone. Knows nothing of why it was offered.

Kinds that are as they would be guessed are guessed anew where a column gets other values; those that a person chose stay. Undo
is for the document as it stands: what was changed since stays changed. Of a column that was left out, the kind is guessed.
"""

from collections.abc import Callable
from typing import Any

import pandas as pd

from core.data.columns import guessed_anew, mark, role_of
from core.data.dataset import Table
from core.data.mends import MENDS, mended
from core.data.missing import with_missing, with_missing_everywhere
from core.data.reread import reread
from core.data.values import label
from core.experiment import Choice, Data, Experiment, Source, parse

Op = dict[str, Any]


def is_done(experiment: Experiment, op: Op) -> bool:
    """Whether the document has what the click does. A mend counts by its column, whatever its other parameters."""
    if op["op"] == "ignore":
        return role_of(experiment, op["column"]) == "ignore"
    if op["op"] == "missing":
        known = {label(each) for each in _marks(experiment.data, op["column"])}
        return {label(each) for each in op["values"]} <= known
    if op["op"] == "read":
        return _read_again(experiment, op) == experiment.data.source
    return any(is_of(choice, op) for choice in experiment.data.mends)


def apply(experiment: Experiment, table: Table, op: Op, read: Callable[[Source], Table] | None = None) -> Experiment:
    """The document after the click. table: as it was read; read: the table of a source, for clicks that read a file again.

    Raises `UserError` for a mend that does not fit the table.
    """
    if is_done(experiment, op):
        return experiment
    if op["op"] == "ignore":
        return mark(experiment, _after(experiment.data, table), op["column"], "ignore")
    if op["op"] == "missing":
        known = {label(each) for each in _marks(experiment.data, op["column"])}
        new = [each for each in op["values"] if label(each) not in known]
        return _with_marks(experiment, table, op["column"], [*_own(experiment.data, op["column"]), *new])
    if op["op"] == "read":
        assert read is not None, "a file that is read again needs somebody who reads it"
        source = _read_again(experiment, op)
        return reread(experiment, source, table, read(source))
    mend, params = MENDS.resolve(op["name"], op["params"])
    choice = Choice(name=op["name"], params=params.model_dump(mode="json", exclude_defaults=True))
    changed = _settled(experiment, _with_mends(experiment, _placed(experiment.data.mends, choice)), table)
    if made := mend.made(params):
        mended_table = _after(changed.data, table)
        changed = mark(changed, mended_table, params.column, "ignore")
        for column in made:
            changed = mark(changed, mended_table, column, "input")
    return changed


def undo(experiment: Experiment, table: Table, op: Op) -> Experiment:
    """The document before the click: a column is an input again, a value a value again, a mend taken out.

    A file that was read again has no undo here: its finding is gone, and how it is read is a choice of its own.
    """
    if op["op"] == "read" or not is_done(experiment, op):
        return experiment
    if op["op"] == "ignore":
        return mark(experiment, _after(experiment.data, table), op["column"], "input")
    if op["op"] == "missing":
        for column in dict.fromkeys((op["column"], None)):  # what still counts so by a mark of every column goes there too
            if is_done(experiment, op):
                gone = {label(each) for each in op["values"]}
                rest = [each for each in _own(experiment.data, column) if label(each) not in gone]
                experiment = _with_marks(experiment, table, column, rest)
        return experiment
    made = {column for choice in experiment.data.mends if is_of(choice, op) for column in _made(choice)}
    before = _after(experiment.data, table)
    for column in made & {*experiment.data.inputs, *experiment.columns}:
        experiment = mark(experiment, before, column, "ignore")
    kept = [each for each in experiment.data.mends if not is_of(each, op) and each.params.get("column") not in made]
    missing = {column: marks for column, marks in experiment.data.missing.items() if column not in made}
    data = experiment.data.model_copy(update={"missing": missing})
    return _settled(experiment, _with_mends(experiment.model_copy(update={"data": data}), kept), table)


def _read_again(experiment: Experiment, op: Op) -> Source:
    source = experiment.data.source
    return source.model_copy(update={"reading": source.reading.model_copy(update=op["reading"])})


def _marks(data: Data, column: str | None) -> tuple[float | str, ...]:
    return data.everywhere if column is None else data.marks(column)


def _own(data: Data, column: str | None) -> tuple[float | str, ...]:
    return data.everywhere if column is None else data.missing.get(column, ())


def is_of(choice: Choice, op: Op) -> bool:
    """Whether a mend of the document is that of a click."""
    return op["op"] == "mend" and choice.name == op["name"] and choice.params.get("column") == op["params"].get("column")


def _made(choice: Choice) -> tuple[str, ...]:
    mend, params = MENDS.resolve(choice.name, choice.params)
    return mend.made(params)


def _placed(mends: tuple[Choice, ...], new: Choice) -> list[Choice]:
    """The mends with a new one in its place: a cap is one of the numbers as they came, so it comes before their logarithm."""
    order = list(MENDS)
    later = [place for place, each in enumerate(mends) if order.index(each.name) > order.index(new.name)]
    place = min(later, default=len(mends))
    return [*mends[:place], new, *mends[place:]]


def _with_mends(experiment: Experiment, mends: list[Choice]) -> Experiment:
    document = experiment.model_dump(mode="json")
    document["data"]["mends"] = [each.model_dump(mode="json") for each in mends]
    return parse(document)


def _with_marks(experiment: Experiment, table: Table, column: str | None, marks: list[float | str]) -> Experiment:
    """The document with other values that mean missing, in one column or in every one."""
    mended_table = _after(experiment.data, table)
    if column is None:
        return with_missing_everywhere(experiment, mended_table, tuple(marks))
    return with_missing(experiment, mended_table, column, tuple(marks))


def _after(data: Data, table: Table) -> Table:
    """The table with all mends that change columns; those that only take rows away say nothing of kinds."""
    columns = tuple(each for each in data.mends if not MENDS.resolve(each.name, each.params)[0].ROWS)
    return Table(table.name, mended(table.frame, data.model_copy(update={"mends": columns})))


def _settled(before: Experiment, after: Experiment, table: Table) -> Experiment:
    """`after`, with the kinds guessed anew of columns whose values have changed, where they were as guessed before."""
    old, new = _after(before.data, table).frame, _after(after.data, table).frame
    changed = [column for column in (*after.data.inputs, *after.columns) if _changed(column, before.data, after.data, old, new)]
    return guessed_anew(after, before, changed, new, old)


def _changed(column: str, before: Data, after: Data, old: pd.DataFrame, new: pd.DataFrame) -> bool:
    if column not in old or column not in new:
        return False
    touched = [[each for each in data.mends if each.params.get("column") == column] for data in (before, after)]
    return before.marks(column) != after.marks(column) or touched[0] != touched[1]

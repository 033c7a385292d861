"""What was understood of a table, as plain data for a terminal and for other programs. Knows nothing of how it is printed."""

from typing import Any

import numpy as np
import pandas as pd

from core.data.columns import role_of
from core.data.dataset import Table
from core.data.findings import findings
from core.data.infer import kind_of
from core.data.values import levels, numbers, texts
from core.experiment import Experiment, Kind

MARKS = {".": "point", ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "spaces"}
SHOWN = 5
"""So many of a column's values are told."""


def inspect(experiment: Experiment, table: Table) -> dict[str, Any]:
    """JSON-able: `file`, `rows`, `read` (how), `notes`, `findings` of the whole table, and `columns`.

    Of each column `name`, `kind` and `role` as proposed, `missing` (rows), `range` [low, high] or `values` (the first few, and
    `different`: how many), `means_missing` (values that do) and `notes`.
    """
    found = findings(experiment, table)
    understood = table.understood
    read = (
        {}
        if understood is None
        else {"format": understood.kind, "packed": understood.packed, **understood.reading.model_dump()}
    )
    return {
        "file": table.name,
        "rows": len(table.frame),
        "read": {name: value for name, value in read.items() if value not in (None, "")},
        "notes": list(table.notes),
        "findings": [each.sentence for each in found if each.column is None],
        "columns": [
            _column(experiment, str(name), values, [each.sentence for each in found if each.column == str(name)])
            for name, values in table.frame.items()
        ],
    }


def _column(experiment: Experiment, name: str, values: pd.Series, notes: list[str]) -> dict[str, Any]:
    marks = experiment.data.marks(name)
    kind: Kind = experiment.data.inputs.get(name) or kind_of(values, marks)
    told: dict[str, Any] = {"name": name, "kind": kind, "role": role_of(experiment, name)}
    if kind == "number":
        known = numbers(values, marks)
        gaps = int(np.isnan(known).sum())
        known = known[~np.isnan(known)]
        told |= {"missing": gaps, "range": [float(known.min()), float(known.max())] if len(known) else None}
    else:
        cells = texts(values, marks)
        different = levels(cells)
        told |= {"missing": int(pd.isna(cells).sum()), "values": list(different[:SHOWN]), "different": len(different)}
    marked = [mark if isinstance(mark, str) else f"{mark:g}" for mark in marks]
    return told | {"means_missing": marked, "notes": notes}


def lines(told: dict[str, Any]) -> list[str]:
    """The same as lines for people, one for each column, each on one line whatever is in the table."""
    read = ", ".join(said for name, value in told["read"].items() if (said := _read(name, value)))
    rows = f"{told['rows']:,} row{'s' * (told['rows'] != 1)}"
    shown = [f"{told['file']}: {rows}, {len(told['columns']):,} columns{f' (read as {read})' if read else ''}"]
    shown += [*told["notes"], *told["findings"]]
    for column in told["columns"]:
        if "range" in column:
            what = "no numbers" if column["range"] is None else "{:g} to {:g}".format(*column["range"])
        else:
            rest = column["different"] - len(column["values"])
            what = ", ".join(column["values"]) + (f" and {rest:,} more" if rest > 0 else "")
        gaps = f"; {column['missing']:,} missing" if column["missing"] else ""
        notes = f". {' '.join(column['notes'])}" if column["notes"] else ""
        shown.append(f"  {column['name']}: {column['kind']}, {column['role']}; {what}{gaps}{notes}")
    return [_plain(line) for line in shown]


def _read(name: str, value: Any) -> str:
    """One choice of how a file was read, in a few words; nothing where there was none."""
    if name == "header":
        return "names in its first line" if value else "no names in it"
    if name in ("skip", "rows"):
        words = {"skip": f"after {value:,} line{'s' * (value != 1)}", "rows": f"{value:,} of its rows drawn at random"}
        return words[name] if value else ""
    said = {
        "format": value,
        "packed": f"in {value}",
        "encoding": value.upper() if value.startswith("utf") else value.capitalize(),
        "delimiter": f"{MARKS.get(value, value)} between cells",
        "decimal": f"decimal {MARKS.get(value, value)}",
        "sheet": f"sheet “{value}”",
    }
    return said[name]


def _plain(line: str) -> str:
    """Without what a terminal would obey: line ends and control characters."""
    return "".join(letter if letter.isprintable() else " " for letter in line)

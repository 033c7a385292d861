"""Columns that say nothing of a row: empty, constant, or another name for each. Decides as `infer` does.

They are left out when a file is opened. A task that is one of these is refused when it is trained, and says so itself.
"""

from collections.abc import Iterator

from core.data.findings._finding import Finding, leave_out, quoted
from core.data.findings._look import Look
from core.data.infer import different
from core.data.values import label
from core.registry import Params

__all__ = ["Params"]

TITLE = "Columns that say nothing"
HELP = "Empty columns, columns with one value, and those with another name or number for each row."
ORDER = 14


def find(look: Look) -> Iterator[Finding]:
    tasks = {task.column for task in look.tasks}
    for name, reason in look.out.items():
        if name not in tasks and reason != "dates":
            yield Finding("useless", name, f"{quoted(name)} {_why(look, name, reason)}.", (leave_out(name, "Use it anyway"),))


def _why(look: Look, name: str, reason: str) -> str:
    column = look.whole[name]
    rows = f"{len(column):,} rows"
    if reason == "empty":
        return f"is empty in all {rows}"
    if reason == "constant":
        codes, distinct = look.codes(name)
        value = label(distinct[0]) if len(distinct) else "the same"
        return f"is {quoted(value)} in every row" if (codes >= 0).all() else f"is {quoted(value)} in every row that has a value"
    if reason == "texts":
        return f"has a text of its own in nearly every row ({column.nunique():,} in {rows})"
    if reason == "counter":
        return f"only counts the {rows}"
    return f"is named like a key, and has {len(different(column)):,} different values in {rows}"

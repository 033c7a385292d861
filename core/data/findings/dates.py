"""Columns of dates, which a network cannot read as they are. Knows nothing of what they are the dates of."""

from collections.abc import Iterator

import pandas as pd

from core.data.calendar import Order, orders
from core.data.calendar import dates as read
from core.data.findings._finding import Finding, Offer, mending, quoted
from core.data.findings._look import Look
from core.data.infer import different
from core.registry import Params

__all__ = ["Params"]

TITLE = "Dates"
HELP = "Columns of dates: left out, unless year, month and weekday are taken from them."
ORDER = 13
READ: dict[Order, str] = {"dmy": "day first", "mdy": "month first"}


def find(look: Look) -> Iterator[Finding]:
    """Where day and month may be either, both are offered."""
    tasks = {task.column for task in look.tasks}
    for name, reason in look.out.items():
        if reason != "dates" or name in tasks:
            continue
        column = look.whole[name]
        ways = ("ymd",) if pd.api.types.is_datetime64_any_dtype(column.dtype) else orders(different(column))
        if len(ways) == 1:
            sentence = f"{quoted(name)} holds dates, which are left out as they are."
        else:
            example = quoted(_either(different(column), ways))
            sentence = f"{quoted(name)} holds dates, left out as they are; {example} may have its day or its month first."
        yield Finding("dates", name, sentence, tuple(_offer(name, way, len(ways) > 1) for way in ways))


def _offer(name: str, way: Order, either: bool) -> Offer:
    label = f"Use them, {READ[way]}" if either else "Use year, month, weekday"
    done = f"year, month, weekday are inputs{f', {READ[way]}' if either else ''}"
    return mending(label, done, "dates", column=name, order=way)


def _either(cells: pd.Series, ways: tuple[Order, ...]) -> str:
    """The first cell that is another day when it is read in another way."""
    first, other = (read(cells, way) for way in ways[:2])
    return str(cells.iloc[int((first != other).argmax())])

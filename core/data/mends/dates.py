"""A column of dates as numbers: year, month and day of the week. Knows nothing of what the columns are used for."""

import numpy as np
import pandas as pd

from core.data.calendar import Order
from core.data.calendar import dates as read
from core.data.mends._column import Marks, column_of, with_columns
from core.data.values import texts
from core.errors import UserError
from core.registry import Params as Base

TITLE = "Dates"
HELP = "Makes year, month and day of the week of a date, as numbers in columns of their own. The dates stay."
ROWS = False
ORDER = 1
SPELLED = {"ymd": "year, month, day", "dmy": "day, month, year", "mdy": "month, day, year"}


class Params(Base):
    column: str
    order: Order = "ymd"


def told(params: Params) -> str:
    return f"{params.column} is read as dates ({SPELLED[params.order]}): year, month and weekday have columns of their own."


def made(params: Params) -> tuple[str, ...]:
    return tuple(f"{params.column} ({part})" for part in ("year", "month", "weekday, 1 is Monday"))


def mend(frame: pd.DataFrame, params: Params, marks: Marks) -> pd.DataFrame:
    column = column_of(frame, params.column, TITLE)
    if taken := next((name for name in made(params) if name in frame), None):
        raise UserError(f"The table should have no column “{taken}” yet.", "one", f"Take the dates of {params.column} back.")
    found = read(column, params.order)
    if nothing := marks(params.column):
        found = np.where(pd.isna(texts(column, nothing)), np.datetime64("NaT"), found)
    if np.isnat(found).all():
        raise UserError(
            f"{params.column} should hold dates to be read as such ({SPELLED[params.order]}).",
            f"“{column.dropna().iloc[0]!s:.40}”" if column.notna().any() else "no value",
            "Take the dates back.",
        )
    years, months = found.astype("datetime64[Y]"), found.astype("datetime64[M]")
    numbers = (
        years.astype(np.int64) + 1970,
        (months - years).astype(np.int64) + 1,
        (found.astype("datetime64[D]").astype(np.int64) + 3) % 7 + 1,  # 1 January 1970 was a Thursday
    )
    known = ~np.isnat(found)
    return with_columns(frame, {name: np.where(known, part, np.nan) for name, part in zip(made(params), numbers, strict=True)})

"""Cells as dates, in the usual spellings of them. Knows nothing of tables or of what dates are used for.

A spelling is decided by the whole column: 2020-12-31 (also with / or .), 31.12.2020 or 12/31/2020 (also with two digits of
the year). A time behind the date is allowed and passed over.
"""

from typing import Literal, get_args

import numpy as np
import pandas as pd

Order = Literal["ymd", "dmy", "mdy"]
ORDERS: tuple[Order, ...] = get_args(Order)
PATTERN = r"^\s*(\d{1,4})([-/.])(\d{1,2})([-/.])(\d{1,4})(?:(?:T|,?\s+)\d{1,2}:\d{2}[^/]*)?\s*$"
ENOUGH = 0.95
"""Of the cells that hold anything, so many must be dates."""
CENTURY = 69
"""Of years with two digits, those from here on are of the twentieth century, as POSIX has it."""


def orders(cells: pd.Series) -> tuple[Order, ...]:
    """The orders in which the cells are dates: none, the one that fits, or two where 03/04/2020 may be either.

    cells: the different cells of a column that hold anything. Points between the parts are those of day.month.year.
    """
    if not len(cells) or pd.api.types.is_numeric_dtype(cells.dtype):
        return ()
    if pd.api.types.is_datetime64_any_dtype(cells.dtype):
        return ("ymd",)
    if not _parts(cells.iloc[:20])[3].any():  # the quick way for columns of words
        return ()
    parts = _parts(cells)
    shares = {order: float((~np.isnat(_dates(parts, order))).mean()) for order in ORDERS}
    best = max(shares.values())
    found = tuple(order for order in ORDERS if shares[order] >= max(ENOUGH, best))
    points = parts[4] == "."
    return ("dmy",) if found == ("dmy", "mdy") and points.all() else found


def dates(column: pd.Series, order: Order) -> np.ndarray:
    """Days `[row]` (datetime64[D]); NaT where the cell is empty or no date in this order."""
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return column.dt.tz_localize(None).to_numpy().astype("datetime64[D]")
    codes, distinct = pd.factorize(column)
    found = _dates(_parts(pd.Series(distinct, dtype=object)), order)
    return np.append(found, np.datetime64("NaT", "D"))[codes]


Parts = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def _parts(cells: pd.Series) -> Parts:
    """The three numbers of each cell, whether it is of that form, the mark between them, and how many digits came first."""
    found = cells.astype(str).str.extract(PATTERN).astype(object)
    fits = (found[1] == found[3]).to_numpy(bool)
    first, second, third = (pd.to_numeric(found[place]).fillna(0).to_numpy(np.int64) for place in (0, 2, 4))
    digits = np.stack([found[place].str.len().fillna(0).to_numpy(np.int64) for place in (0, 4)])
    return first, second, third, fits, found[1].to_numpy(object), digits


def _dates(parts: Parts, order: Order) -> np.ndarray:
    first, second, third, fits, _, (leading, closing) = parts
    if order == "ymd":
        years, months, days = first, second, third
        fits = fits & (leading == 4) & (closing <= 2)
    else:
        days, months = (first, second) if order == "dmy" else (second, first)
        years = np.where(closing == 2, third + np.where(third >= CENTURY, 1900, 2000), third)
        fits = fits & (leading <= 2) & ((closing == 4) | (closing == 2))
    fits &= (years >= 1) & (months >= 1) & (months <= 12) & (days >= 1) & (days <= 31)
    made = np.full(len(fits), np.datetime64("NaT", "D"))
    month = (np.where(fits, years, 1970) - 1970).astype("datetime64[Y]").astype("datetime64[M]") + np.where(fits, months, 1) - 1
    day = month.astype("datetime64[D]") + np.where(fits, days, 1) - 1
    fits &= day.astype("datetime64[M]") == month  # no 31st of June
    made[fits] = day[fits]
    return made

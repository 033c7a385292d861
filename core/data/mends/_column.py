"""The column that a mend is for, and the table with other columns. Knows nothing of mends."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from core.errors import UserError

Marks = Callable[[str], tuple[float | str, ...]]


def column_of(frame: pd.DataFrame, name: str, title: str) -> pd.Series:
    """Raises `UserError` where the table has no such column."""
    if name not in frame:
        raise UserError(f"{title} should be of a column of the table.", f"“{name}”", "Take this mend back.")
    return frame[name]


def with_columns(frame: pd.DataFrame, columns: Mapping[str, Any]) -> pd.DataFrame:
    """A new table with some columns replaced or added, whatever they are called (`DataFrame.assign` cannot take “self”)."""
    made = frame.copy(deep=False)
    for name, values in columns.items():
        made[name] = values
    return made

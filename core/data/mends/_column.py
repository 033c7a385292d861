"""The column that a mend is for. Knows nothing of mends."""

from collections.abc import Callable

import pandas as pd

from core.errors import UserError

Marks = Callable[[str], tuple[float | str, ...]]


def column_of(frame: pd.DataFrame, name: str, title: str) -> pd.Series:
    """Raises `UserError` where the table has no such column."""
    if name not in frame:
        raise UserError(f"{title} should be of a column of the table.", f"“{name}”", "Take this mend back.")
    return frame[name]

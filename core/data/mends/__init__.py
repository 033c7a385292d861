"""What can be done to a table before anything else looks at it, one file each. A mend knows a table, not what it is used for.

Contract: `TITLE`, `HELP`, `Params`, `told(params) -> str`: what was done, in one sentence; and
`mend(frame, params, marks) -> frame`: a new table; `marks(column)` are the values that mean missing there. It never changes
what it is given, keeps the rows' index, and raises `UserError` where the table has no such column.
`made(params) -> tuple`: the columns it makes. `ROWS`: it takes rows away, so that it means nothing for a row that is asked by
hand; every other mend's `Params` have the one `column` that it reads.
"""

from typing import Any

import pandas as pd

from core.data.mends._column import with_columns
from core.experiment import Data
from core.registry import Registry

MENDS = Registry("core.data.mends", "mend", ("told", "mend", "made", "ROWS"))


def mended(frame: pd.DataFrame, data: Data) -> pd.DataFrame:
    """The table after all mends of the document. Raises `UserError` for a mend that does not exist or does not fit."""
    for choice in data.mends:
        mend, params = MENDS.resolve(choice.name, choice.params)
        frame = mend.mend(frame, params, data.marks)
    return frame


def asked(frame: pd.DataFrame, data: Data) -> pd.DataFrame:
    """The table in words and units in which a person is asked for a row: as it came, and with the columns that mends make."""
    for mend, params in _of_rows(data):
        if made := [name for name in mend.made(params) if name not in frame]:
            frame = with_columns(frame, dict(mend.mend(frame, params, data.marks)[made].items()))
    return frame


def answered(frame: pd.DataFrame, data: Data) -> pd.DataFrame:
    """Rows that were given in the words of `asked`, mended as the table was."""
    for mend, params in _of_rows(data):
        if params.column in frame and not mend.made(params):
            frame = mend.mend(frame, params, data.marks)
    return frame


def _of_rows(data: Data) -> list[tuple[Any, Any]]:
    chosen = [MENDS.resolve(choice.name, choice.params) for choice in data.mends]
    return [(mend, params) for mend, params in chosen if not mend.ROWS]

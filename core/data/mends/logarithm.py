"""Numbers of a skewed column as their logarithms, ln(1 + x). Knows nothing of what the column is used for."""

import numpy as np
import pandas as pd

from core.data.mends._column import Marks, column_of, with_columns
from core.data.values import numbers
from core.errors import UserError
from core.registry import Params as Base

TITLE = "Logarithm"
HELP = "Brings a long tail nearer: ten times as much becomes one step more. For numbers from 0 up."
ROWS = False
ORDER = 4


class Params(Base):
    column: str


def told(params: Params) -> str:
    return f"{params.column} is taken as its logarithm, ln(1 + {params.column})."


def made(params: Params) -> tuple[str, ...]:
    return ()


def mend(frame: pd.DataFrame, params: Params, marks: Marks) -> pd.DataFrame:
    values = numbers(column_of(frame, params.column, TITLE), marks(params.column))
    if len(low := values[values < 0]):
        raise UserError(f"{params.column} should be 0 or more for its logarithm.", f"{low[0]:g}", "Take the logarithm back.")
    return with_columns(frame, {params.column: np.log1p(values)})

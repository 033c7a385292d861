"""Several texts of a column as one, such as rare classes as “other”. Knows nothing of what the column is used for."""

import numpy as np
import pandas as pd
from pydantic import Field

from core.data.mends._column import Marks, column_of, with_columns
from core.data.values import label
from core.registry import Params as Base
from core.registry import param

TITLE = "Join"
HELP = "Takes several values of a column as one, such as rare classes as “other”."
ROWS = False
ORDER = 2
FIRST = 3


class Params(Base):
    column: str
    values: tuple[str, ...] = Field(min_length=1, max_length=10_000)
    into: str = param("other", "What the joined values are called.", min_length=1, max_length=80)


def told(params: Params) -> str:
    names = ", ".join(f"“{value}”" for value in params.values[:FIRST])
    rest = f" and {len(params.values) - FIRST:,} more" if len(params.values) > FIRST else ""
    return f"{names}{rest} in {params.column} count as “{params.into}”."


def made(params: Params) -> tuple[str, ...]:
    return ()


def mend(frame: pd.DataFrame, params: Params, marks: Marks) -> pd.DataFrame:
    codes, distinct = pd.factorize(column_of(frame, params.column, TITLE))
    joined, names = set(params.values), [label(value) for value in distinct]
    told = np.array([*(params.into if name in joined else name for name in names), None], dtype=object)
    return with_columns(frame, {params.column: told[codes]})

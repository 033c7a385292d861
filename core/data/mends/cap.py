"""Numbers far out, brought back to a bound. Knows nothing of what the column is used for."""

from typing import Self

import numpy as np
import pandas as pd
from pydantic import model_validator

from core.data.mends._column import Marks, column_of, with_columns
from core.data.values import numbers
from core.errors import UserError
from core.registry import Params as Base

TITLE = "Cap"
HELP = "Sets numbers below or above a bound to that bound, so that few far values do not stretch the scale for all."
ROWS = False
ORDER = 3


class Params(Base):
    column: str
    low: float | None = None
    high: float | None = None

    @model_validator(mode="after")
    def bounds_lie_apart(self) -> Self:
        if self.low is None and self.high is None:
            raise UserError("A cap should have a bound.", "none", "Give a low or a high one.")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise UserError(
                "The low bound of a cap should be below the high one.", f"{self.low:g} and {self.high:g}", "Swap them."
            )
        return self


def told(params: Params) -> str:
    bounds = [f"{side} {bound:,.6g}" for side, bound in (("below", params.low), ("above", params.high)) if bound is not None]
    return f"Values of {params.column} {' and '.join(bounds)} are set to that bound."


def made(params: Params) -> tuple[str, ...]:
    return ()


def mend(frame: pd.DataFrame, params: Params, marks: Marks) -> pd.DataFrame:
    values = numbers(column_of(frame, params.column, TITLE), marks(params.column))
    return with_columns(frame, {params.column: np.clip(values, params.low, params.high)})

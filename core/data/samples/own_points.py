"""Points that a person sets, and nothing else. Knows nothing of networks."""

import numpy as np
import pandas as pd
from pydantic import model_validator

from core.data.samples import _curve
from core.errors import UserError
from core.registry import Params as Base

TITLE = "Points of your own"
HELP = "One input x, and only the points that you set."
STORY = (
    "Click into the picture to add points, and watch the curve come to meet them. Every point trains, so there is nothing "
    "to check against: with few points and many units, what happens between the points is the network's own idea."
)
LICENCE = "Yours: the points are those you set."
MADE_UP = False
DRAWN = "Click into the picture"
INPUTS = {"x": "number"}
TASKS = {"y": "regression"}
UNITS: dict[str, str] = {}
LABELS = {"x": "Where on the line.", "y": "How high."}
ORDER = 27
HIDDEN = _curve.HIDDEN
START = _curve.START
always = _curve.always
AT = ((-2.5, 0.4), (-2.0, 1.0), (-1.2, 0.6), (-0.5, -0.6), (0.2, -0.9), (1.0, 0.1), (1.8, 1.1), (2.6, 0.7))
FIRST = tuple((x, 0, y) for x, y in AT)


class Params(Base):
    points: tuple[_curve.Point, ...] = _curve.points_param(FIRST)
    moved: tuple[_curve.Moved, ...] = _curve.moved_param(0)  # there are no generated ones

    @model_validator(mode="after")
    def there_is_one_task(self) -> "Params":
        if strange := max((point[1] for point in self.points), default=0):
            raise UserError("The number of a point's task should be 0.", f"{strange}", "Take the point out, or set it anew.")
        return self


def table(params: Params) -> pd.DataFrame:
    return _curve.with_points(params.points, np.zeros(0), np.zeros((1, 0)), tuple(TASKS))

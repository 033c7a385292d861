"""One input, two waves: small enough to see a network bend. Knows nothing of networks."""

import numpy as np
import pandas as pd

from core.data.samples import _curve

TITLE = "Two waves"
HELP = "One input x, two curves to learn from it: sin(2x) and cos(x)."
STORY = (
    "Two tasks read the same x: one swings twice as fast as the other. Press Play and watch one shared network bend into "
    "both curves. Then take every activation out: what is left can only draw straight lines."
)
LICENCE = _curve.LICENCE
MADE_UP = True
INPUTS = {"x": "number"}
TASKS = {"sin(2x)": "regression", "cos(x)": "regression"}
UNITS: dict[str, str] = {}
LABELS = {"x": _curve.ABOUT_X, "sin(2x)": "The fast wave.", "cos(x)": "The slow wave."}
ORDER = 0
HIDDEN = _curve.HIDDEN
START = _curve.START
always = _curve.always


class Params(_curve.Curve):
    TASKS = 2


def table(params: Params) -> pd.DataFrame:
    return _curve.curve(params, {"sin(2x)": lambda x: np.sin(2 * x), "cos(x)": np.cos})

"""A single sharp bend. Knows nothing of networks."""

import numpy as np
import pandas as pd

from core.data.samples import _curve

TITLE = "Absolute value"
HELP = "One input x, a single sharp bend: |x|."
STORY = (
    "Two straight lines that meet at 0. Two ReLU units can draw it exactly; smooth activations round the corner off. Without "
    "any activation the best line is flat."
)
LICENCE = _curve.LICENCE
MADE_UP = True
INPUTS = {"x": "number"}
TASKS = {"abs(x)": "regression"}
UNITS: dict[str, str] = {}
LABELS = {"x": _curve.ABOUT_X, "abs(x)": "How far x is from 0."}
ORDER = 23
HIDDEN = _curve.HIDDEN
START = _curve.START
always = _curve.always


Params = _curve.Curve


def truth(x: np.ndarray) -> np.ndarray:
    return np.abs(x)


def table(params: _curve.Curve) -> pd.DataFrame:
    return _curve.curve(params, {"abs(x)": truth})

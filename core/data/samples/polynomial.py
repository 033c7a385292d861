"""A cubic. Knows nothing of networks."""

import numpy as np
import pandas as pd

from core.data.samples import _curve

TITLE = "Polynomial"
HELP = "One input x, a smooth curve with two bends: (x^3 - 4x) / 5."
STORY = (
    "Smooth, with two bends, and ever steeper outside. Tanh follows it well within the points; beyond them it flattens out, "
    "where ReLU goes on straight. Neither knows that it was a cubic."
)
LICENCE = _curve.LICENCE
MADE_UP = True
INPUTS = {"x": "number"}
TASKS = {"polynomial": "regression"}
UNITS: dict[str, str] = {}
LABELS = {"x": _curve.ABOUT_X, "polynomial": "(x^3 - 4x) / 5."}
ORDER = 24
HIDDEN = _curve.HIDDEN
START = _curve.START
always = _curve.always


Params = _curve.Curve


def truth(x: np.ndarray) -> np.ndarray:
    return (x**3 - 4 * x) / 5


def table(params: _curve.Curve) -> pd.DataFrame:
    return _curve.curve(params, {"polynomial": truth})

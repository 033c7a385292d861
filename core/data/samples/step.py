"""A jump. Knows nothing of networks."""

import numpy as np
import pandas as pd

from core.data.samples import _curve

TITLE = "Step"
HELP = "One input x, a jump at 0: 0 below it, 1 from there on."
STORY = (
    "Nothing, then everything at once. ReLU builds a steep ramp out of two bends, tanh leans its S against the edge; neither "
    "can jump. Watch how steep each gets, and whether it shoots over at the edge."
)
LICENCE = _curve.LICENCE
MADE_UP = True
INPUTS = {"x": "number"}
TASKS = {"step": "regression"}
UNITS: dict[str, str] = {}
LABELS = {"x": _curve.ABOUT_X, "step": "0 below x = 0, 1 from there on."}
ORDER = 21
HIDDEN = _curve.HIDDEN
START = _curve.START
always = _curve.always


Params = _curve.Curve


def truth(x: np.ndarray) -> np.ndarray:
    return np.heaviside(x, 1.0)


def table(params: _curve.Curve) -> pd.DataFrame:
    return _curve.curve(params, {"step": truth})

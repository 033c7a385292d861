"""Ramps that fall back. Knows nothing of networks."""

import numpy as np
import pandas as pd

from core.data.samples import _curve

TITLE = "Sawtooth"
HELP = "One input x, ramps that climb from -1 to 1 and fall back at once."
STORY = (
    "Straight ramps and sudden falls. Every fall takes units of its own, so count them: a network with too few bends leaves "
    "out teeth."
)
LICENCE = _curve.LICENCE
MADE_UP = True
INPUTS = {"x": "number"}
TASKS = {"sawtooth": "regression"}
UNITS: dict[str, str] = {}
LABELS = {"x": _curve.ABOUT_X, "sawtooth": "Climbs from -1 to 1 over a length of 2, then falls back."}
ORDER = 22
HIDDEN = _curve.HIDDEN
START = _curve.START
always = _curve.always


Params = _curve.Curve


def truth(x: np.ndarray) -> np.ndarray:
    return np.mod(x, 2.0) - 1.0


def table(params: _curve.Curve) -> pd.DataFrame:
    return _curve.curve(params, {"sawtooth": truth})

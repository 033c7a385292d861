"""A swing that dies away. Knows nothing of networks."""

import numpy as np
import pandas as pd

from core.data.samples import _curve

TITLE = "Damped sine"
HELP = "One input x, a swing that dies away: exp(-x/2) sin(4x)."
STORY = (
    "A string is plucked and comes to rest: large swings first, then smaller and smaller ones. Watch the network take the "
    "large ones first, because they cost it most; the small ones at the end come last."
)
LICENCE = _curve.LICENCE
MADE_UP = True
INPUTS = {"x": "number"}
TASKS = {"damped sine": "regression"}
UNITS: dict[str, str] = {}
LABELS = {"x": _curve.ABOUT_X, "damped sine": "The swing at x."}
ORDER = 20
HIDDEN = _curve.HIDDEN
START = _curve.START
always = _curve.always


class Params(_curve.Curve):
    noise: float = _curve.strays(0.05)
    low: float = _curve.begins(0.0)
    high: float = _curve.ends(6.0)


def truth(x: np.ndarray) -> np.ndarray:
    return np.exp(-x / 2) * np.sin(4 * x)


def table(params: _curve.Curve) -> pd.DataFrame:
    return _curve.curve(params, {"damped sine": truth})

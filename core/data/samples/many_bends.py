"""A curve of many bends, on which a straight line explains almost nothing. Knows nothing of networks."""

import numpy as np
import pandas as pd

from core.data.samples import _curve

LEAKY = {"name": "leaky-relu", "params": {"slope": 0.01}}
WIDTHS = (16, 32, 128, 32, 16)
TITLE = "Many bends"
HELP = "One input x, a curve of many bends: sin(4x) + 0.5 cos(9x). A straight line explains almost nothing of it."
STORY = (
    "Fast and slow swings on top of each other. With activations, five layers follow every bend; without them, the same five "
    "layers are one straight line, however long they train."
)
LICENCE = _curve.LICENCE
MADE_UP = True
INPUTS = {"x": "number"}
TASKS = {"many bends": "regression"}
UNITS: dict[str, str] = {}
LABELS = {"x": _curve.ABOUT_X, "many bends": "sin(4x) + 0.5 cos(9x)."}
ORDER = 25
HIDDEN = _curve.HIDDEN
START = {
    "network": {
        "trunk": [{"width": width, "activation": LEAKY} for width in WIDTHS[:-1]],
        "towers": {"*": [{"width": WIDTHS[-1], "activation": LEAKY}]},
    },
    "training": {"optimizer": {"name": "adam"}, "learning_rate": 0.002, "batch_size": 32, "epochs": 300},
}
always = _curve.always


class Params(_curve.Curve):
    rows: int = _curve.how_many(400)


def truth(x: np.ndarray) -> np.ndarray:
    return np.sin(4 * x) + 0.5 * np.cos(9 * x)


def table(params: Params) -> pd.DataFrame:
    return _curve.curve(params, {"many bends": truth})

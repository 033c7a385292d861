"""Handwritten digits as 8 x 8 grey values, from scikit-learn. Knows nothing of pictures' neighbourhoods."""

import numpy as np
import pandas as pd
from sklearn.datasets import load_digits

from core.registry import Params as Base

TITLE = "Handwritten digits"
HELP = "1,797 small pictures of digits: which digit is it, and is it even or odd."
STORY = (
    "Two questions about one picture of 8 x 8 points. Whoever knows the digit knows whether it is odd, so the tasks "
    "should help each other: watch whether the shared layers learn both faster than each alone."
)
LICENCE = "Optical recognition of handwritten digits (Alpaydin and Kaynak, UCI), CC BY 4.0; ships with scikit-learn."
MADE_UP = False
PIXELS = [f"row {row} col {col}" for row in range(1, 9) for col in range(1, 9)]
INPUTS = dict.fromkeys(PIXELS, "number")
TASKS = {"digit": "multiclass", "parity": "binary"}
UNITS = dict.fromkeys(PIXELS, "grey level")
LABELS = {"digit": "Which digit was written.", "parity": "Is the digit even or odd; the class “yes” is odd."}
ORDER = 5
START = {
    "network": {"trunk": [{"width": 64}, {"width": 32}], "towers": {"*": [{"width": 16}]}},
    "training": {"learning_rate": 0.003, "batch_size": 64, "epochs": 40},
}


class Params(Base):
    pass


def table(params: Params) -> pd.DataFrame:
    pixels, digit = load_digits(return_X_y=True)
    return pd.DataFrame(pixels, columns=PIXELS).assign(digit=digit, parity=np.where(digit % 2, "odd", "even"))

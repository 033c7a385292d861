"""Twenty men in a gym, from scikit-learn. Knows nothing of networks."""

import pandas as pd
from sklearn.datasets import load_linnerud

from core.registry import Params as Base

TITLE = "Linnerud"
HELP = "20 men: weight, waist and pulse from how many exercises they manage."
STORY = (
    "The smallest table of all: three exercises of twenty men, and three measurements of their bodies to predict. With so "
    "few rows a network learns them by heart: watch training fall while validation rises."
)
LICENCE = "Linnerud's exercise data (Tenenhaus 1998); ships with scikit-learn."
MADE_UP = False
INPUTS = {"chin-ups": "number", "sit-ups": "number", "jumps": "number"}
TASKS = {"weight": "regression", "waist": "regression", "pulse": "regression"}
UNITS = {"weight": "pounds", "waist": "inches", "pulse": "beats/min"}
LABELS = {"chin-ups": "How many chin-ups.", "sit-ups": "How many sit-ups.", "jumps": "How many jumps."}
ORDER = 9
START = {
    "network": {"trunk": [{"width": 16}], "towers": {"*": [{"width": 8}]}},
    "training": {"learning_rate": 0.003, "batch_size": None, "epochs": 300},
}


class Params(Base):
    pass


def table(params: Params) -> pd.DataFrame:
    body = load_linnerud(as_frame=True)
    return body.frame.rename(
        columns={
            "Chins": "chin-ups",
            "Situps": "sit-ups",
            "Jumps": "jumps",
            "Weight": "weight",
            "Waist": "waist",
            "Pulse": "pulse",
        }
    )

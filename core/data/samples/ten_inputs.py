"""Ten numbers and two yes/no answers, both straight from the ten. Knows nothing of networks.

Made up in the place of the random rows of the published toy example, of which nothing could be learned: each answer is yes
where a weighted sum of the ten inputs, and noise, is above 0.
"""

import numpy as np
import pandas as pd

from core.registry import Params as Base
from core.registry import param

TITLE = "Ten inputs, two answers"
HELP = "Ten made-up numbers; each of two yes/no answers is a weighted sum of them, cut at 0."
STORY = (
    "The table for the smallest network with two outputs. In the published example its numbers are random, with nothing to "
    "learn in them; here both answers follow from the ten inputs by a weighted sum and some noise. They need no hidden layer, "
    "and where none is shared, neither task helps or hurts the other."
)
LICENCE = "Made here, on the fly; free to use."
MADE_UP = True
FIRST, SECOND = "first answer", "second answer"
NAMES = tuple(f"input {number}" for number in range(1, 11))
WEIGHTS = {
    FIRST: (1.0, -0.8, 0.6, -0.4, 0.2, 0.0, 0.0, 0.5, -0.5, 0.3),
    SECOND: (0.0, 0.4, 0.0, -0.6, 0.8, -1.0, 0.7, 0.0, 0.3, -0.2),
}
INPUTS = dict.fromkeys(NAMES, "number")
TASKS = {FIRST: "binary", SECOND: "binary"}
UNITS: dict[str, str] = {}
LABELS = {
    FIRST: "Yes where a weighted sum of the inputs is above 0; mostly of inputs 1 to 4.",
    SECOND: "Yes where another weighted sum is above 0; mostly of inputs 4 to 7.",
}
ORDER = 15
START = {
    "network": {"trunk": [], "towers": {"*": []}},
    "weighting": {"name": "fixed", "params": {"weights": {FIRST: 0.7, SECOND: 0.3}}},
    "training": {"learning_rate": 0.01, "batch_size": 32, "epochs": 30},
}


class Params(Base):
    rows: int = param(1000, "How many rows to draw.", title="Rows", step=10, ge=20, le=100_000)
    noise: float = param(
        0.5,
        "How much chance there is in each answer; each sum varies by about 1.6.",
        formula=r"\mathcal N(0, s^2)",
        step=0.1,
        ge=0.0,
        le=10.0,
    )
    seed: int = param(0, "Another number draws other rows.", title="Seed of the rows", step=1, ge=0, lt=2**31)


def table(params: Params) -> pd.DataFrame:
    rng = np.random.default_rng(params.seed)
    values = rng.standard_normal((params.rows, len(NAMES)))
    frame = pd.DataFrame(values, columns=list(NAMES))
    for task, weights in WEIGHTS.items():
        frame[task] = np.where(values @ weights + params.noise * rng.standard_normal(params.rows) > 0, "yes", "no")
    return frame

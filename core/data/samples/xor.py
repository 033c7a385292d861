"""Four corners, where opposite ones belong together. Knows nothing of networks."""

import numpy as np
import pandas as pd

from core.registry import Params as Base
from core.registry import param

TITLE = "Exclusive or (XOR)"
HELP = "Two inputs, four corners, opposite ones alike: have x and y the same sign, and what is x times y."
STORY = (
    "Neither x nor y alone says anything; only together do they. This is the task on which networks without a hidden layer "
    "famously fail. Take the activations out and the borders turn straight: no line parts the corners."
)
LICENCE = "Made here, on the fly; free to use."
MADE_UP = True
INPUTS = {"x": "number", "y": "number"}
TASKS = {"same sign": "binary", "product": "regression"}
UNITS: dict[str, str] = {}
LABELS = {
    "x": "Left to right.",
    "y": "Bottom to top.",
    "same sign": "Whether the point was drawn where x and y have the same sign.",
    "product": "x times y at the point.",
}
ORDER = 29
START = {
    "network": {
        "trunk": [{"width": 8, "activation": {"name": "tanh"}}],
        "towers": {"*": [{"width": 8, "activation": {"name": "tanh"}}]},
    },
    "training": {"learning_rate": 0.01, "batch_size": 32, "epochs": 100},
}


class Params(Base):
    rows: int = param(300, "How many points to draw.", title="Rows", step=10, ge=20, le=100_000)
    noise: float = param(0.05, "How far points stray after their corner was chosen.", step=0.05, ge=0.0, le=1.0)
    seed: int = param(0, "Another number draws other points.", title="Seed of the points", step=1, ge=0, lt=2**31)


def table(params: Params) -> pd.DataFrame:
    rng = np.random.default_rng(params.seed)
    corner = np.arange(params.rows) % 4
    sides = np.stack([np.where(corner < 2, 1, -1), np.where(corner % 2 == 0, 1, -1)])
    x, y = sides * rng.uniform(0, 1, (2, params.rows)) + params.noise * rng.standard_normal((2, params.rows))
    same = np.where(sides[0] == sides[1], "yes", "no")
    return pd.DataFrame({"x": x, "y": y, "same sign": same, "product": x * y})

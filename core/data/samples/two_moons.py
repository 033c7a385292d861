"""Two half moons, and how far a point lies from the middle. Knows nothing of networks."""

import numpy as np
import pandas as pd

from core.registry import Params as Base
from core.registry import param

TITLE = "Two moons"
HELP = "Two inputs, so that the map of what the network answers can be seen whole: which moon, and how far from the middle."
STORY = (
    "Points lie on two half moons that reach into each other. One task tells the moons apart, the other says how far "
    "a point lies from the middle: a bent border and a round hollow from the same two inputs."
)
LICENCE = "Made here, on the fly; free to use."
MADE_UP = True
INPUTS = {"x": "number", "y": "number"}
TASKS = {"moon": "binary", "distance": "regression"}
UNITS: dict[str, str] = {}
LABELS = {
    "x": "Left to right.",
    "y": "Bottom to top.",
    "moon": "Which half moon the point belongs to: the lower or the upper one.",
    "distance": "How far the point lies from the middle of the picture.",
}
ORDER = 3
START = {
    "network": {
        "trunk": [{"width": 16, "activation": {"name": "tanh"}}, {"width": 16, "activation": {"name": "tanh"}}],
        "towers": {"*": [{"width": 8, "activation": {"name": "tanh"}}]},
    },
    "training": {"learning_rate": 0.01, "batch_size": 32, "epochs": 100},
}


class Params(Base):
    rows: int = param(300, "How many points to draw.", title="Rows", step=10, ge=20, le=100_000)
    noise: float = param(0.15, "How far points stray from their moon.", step=0.05, ge=0.0, le=1.0)
    seed: int = param(0, "Another number draws other points.", title="Seed of the points", step=1, ge=0, lt=2**31)


def table(params: Params) -> pd.DataFrame:
    rng = np.random.default_rng(params.seed)
    upper = np.arange(params.rows) % 2 == 0
    angle = rng.uniform(0, np.pi, params.rows)
    side = np.where(upper, 1.0, -1.0)
    x = side * np.cos(angle) - side * 0.5 + params.noise * rng.standard_normal(params.rows)
    y = side * np.sin(angle) - side * 0.25 + params.noise * rng.standard_normal(params.rows)
    return pd.DataFrame({"x": x, "y": y, "moon": np.where(upper, "upper", "lower"), "distance": np.hypot(x, y)})

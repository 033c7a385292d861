"""Three arms of a spiral, and a ring across them. Knows nothing of networks."""

import numpy as np
import pandas as pd

from core.registry import Params as Base
from core.registry import param

TITLE = "Three spirals"
HELP = "Two inputs, three arms wound around each other: which arm, and is the point in the outer half."
STORY = (
    "Three arms wind around the middle. Which arm a point lies on is hard and needs several layers; whether it lies in the "
    "outer half is easy. Watch whether the easy task's shared layers are of use to the hard one."
)
LICENCE = "Made here, on the fly; free to use."
MADE_UP = True
INPUTS = {"x": "number", "y": "number"}
TASKS = {"arm": "multiclass", "outer half": "binary"}
UNITS: dict[str, str] = {}
LABELS = {
    "x": "Left to right.",
    "y": "Bottom to top.",
    "arm": "Which of the three arms the point lies on.",
    "outer half": "Whether the point lies further out than half of the arm.",
}
ORDER = 4
START = {
    "network": {
        "trunk": [{"width": 32, "activation": {"name": "tanh"}}, {"width": 32, "activation": {"name": "tanh"}}],
        "towers": {"*": [{"width": 16, "activation": {"name": "tanh"}}]},
    },
    "training": {"learning_rate": 0.01, "batch_size": 32, "epochs": 150},
}


class Params(Base):
    rows: int = param(450, "How many points to draw.", title="Rows", step=30, ge=30, le=100_000)
    noise: float = param(0.03, "How far points stray from their arm.", step=0.01, ge=0.0, le=0.5)
    turns: float = param(0.75, "How often each arm winds around the middle.", title="Turns", step=0.25, ge=0.25, le=3.0)
    seed: int = param(0, "Another number draws other points.", title="Seed of the points", step=1, ge=0, lt=2**31)


def table(params: Params) -> pd.DataFrame:
    rng = np.random.default_rng(params.seed)
    arm = np.arange(params.rows) % 3
    out = rng.uniform(0.05, 1.0, params.rows)
    angle = 2 * np.pi * (arm / 3 + params.turns * out)
    x = out * np.cos(angle) + params.noise * rng.standard_normal(params.rows)
    y = out * np.sin(angle) + params.noise * rng.standard_normal(params.rows)
    outer = np.where(out > 0.5, "yes", "no")
    return pd.DataFrame({"x": x, "y": y, "arm": np.array(["A", "B", "C"])[arm], "outer half": outer})

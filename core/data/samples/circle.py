"""A disc and the ring around it. Knows nothing of networks."""

import numpy as np
import pandas as pd

from core.registry import Params as Base
from core.registry import param

TITLE = "Circle"
HELP = "Two inputs, a disc and the ring around it: is the point inside, and how far is it from the middle."
STORY = (
    "Half of the points lie in a disc, the others in a ring around it. No straight line parts them: without activations the "
    "network can do no better than guess. With them, count the straight pieces of the border, or take a smooth activation."
)
LICENCE = "Made here, on the fly; free to use."
MADE_UP = True
INPUTS = {"x": "number", "y": "number"}
TASKS = {"inside": "binary", "distance": "regression"}
UNITS: dict[str, str] = {}
LABELS = {
    "x": "Left to right.",
    "y": "Bottom to top.",
    "inside": "Whether the point belongs to the disc; no: to the ring around it.",
    "distance": "How far the point lies from the middle of the picture.",
}
ORDER = 28
START = {
    "network": {
        "trunk": [{"width": 8, "activation": {"name": "tanh"}}],
        "towers": {"*": [{"width": 8, "activation": {"name": "tanh"}}]},
    },
    "training": {"learning_rate": 0.01, "batch_size": 32, "epochs": 100},
}
DISC, RING = (0.0, 0.5), (0.7, 1.0)


class Params(Base):
    rows: int = param(300, "How many points to draw.", title="Rows", step=10, ge=20, le=100_000)
    noise: float = param(0.05, "How far points stray from where they belong.", step=0.05, ge=0.0, le=1.0)
    seed: int = param(0, "Another number draws other points.", title="Seed of the points", step=1, ge=0, lt=2**31)


def table(params: Params) -> pd.DataFrame:
    rng = np.random.default_rng(params.seed)
    inside = np.arange(params.rows) % 2 == 0
    low, high = (np.where(inside, DISC[end], RING[end]) for end in (0, 1))
    out = np.sqrt(rng.uniform(low**2, high**2))  # even over the area
    angle = rng.uniform(0, 2 * np.pi, params.rows)
    x, y = np.stack([np.cos(angle), np.sin(angle)]) * out + params.noise * rng.standard_normal((2, params.rows))
    return pd.DataFrame({"x": x, "y": y, "inside": np.where(inside, "yes", "no"), "distance": np.hypot(x, y)})

"""One input, two waves: small enough to see a network bend. Knows nothing of networks."""

import numpy as np
import pandas as pd
from pydantic import model_validator

from core.errors import UserError
from core.registry import Params as Base
from core.registry import param

TITLE = "Two waves"
HELP = "One input x, two curves to learn from it: sin(2x) and cos(x)."
STORY = (
    "Two tasks read the same x: one swings twice as fast as the other. Press Play and watch one shared network bend into "
    "both curves. Then take every activation out: what is left can only draw straight lines."
)
LICENCE = "Made here, on the fly; free to use."
MADE_UP = True
INPUTS = {"x": "number"}
TASKS = {"sin(2x)": "regression", "cos(x)": "regression"}
UNITS: dict[str, str] = {}
LABELS = {"x": "Where on the line, drawn evenly over the range.", "sin(2x)": "The fast wave.", "cos(x)": "The slow wave."}
ORDER = 0
START = {
    "network": {
        "trunk": [{"width": 16, "activation": {"name": "tanh"}}, {"width": 16, "activation": {"name": "tanh"}}],
        "towers": {"*": [{"width": 8, "activation": {"name": "tanh"}}]},
    },
    "training": {"optimizer": {"name": "adam"}, "learning_rate": 0.01, "batch_size": 32, "epochs": 200},
}


class Params(Base):
    rows: int = param(200, "How many points to draw.", title="Rows", step=10, ge=20, le=100_000)
    noise: float = param(
        0.1, "How far points stray from the true curve.", formula=r"y = f(x) + \mathcal N(0, s^2)", step=0.05, ge=0.0, le=2.0
    )
    low: float = param(-3.0, "The range of x begins here.", title="x from", step=0.5, ge=-20.0, le=20.0)
    high: float = param(3.0, "The range of x ends here.", title="x to", step=0.5, ge=-20.0, le=20.0)
    seed: int = param(0, "Another number draws other points.", title="Seed of the points", step=1, ge=0, lt=2**31)

    @model_validator(mode="after")
    def range_is_one(self) -> "Params":
        if self.high <= self.low:
            raise UserError("The range of x should end above where it begins.", f"{self.low:g} to {self.high:g}", "Swap them.")
        return self


def table(params: Params) -> pd.DataFrame:
    rng = np.random.default_rng(params.seed)
    x = rng.uniform(params.low, params.high, params.rows)
    stray = params.noise * rng.standard_normal((2, params.rows))
    return pd.DataFrame({"x": x, "sin(2x)": np.sin(2 * x) + stray[0], "cos(x)": np.cos(x) + stray[1]})

"""One or two functions of x that a person typed. Knows nothing of networks, nor how a formula is read."""

import pandas as pd
from pydantic import model_validator

from core.data.formula import NAMES, read
from core.data.samples import _curve
from core.experiment import TaskKind
from core.registry import Params as Base
from core.registry import param

TITLE = "A function of your own"
HELP = "One input x, and the function of it that you type; a second one on the same x if you like."
STORY = (
    "Type what is to be learned: sin, exp, abs and others, powers, and conditions such as “x if x > 0 else 0”. Then look for "
    "a function that your network cannot follow, and for what helps it: more units, another layer, another activation."
)
LICENCE = "Made here, on the fly, by your formula; free to use."
MADE_UP = True
INPUTS = {"x": "number"}
UNITS: dict[str, str] = {}
LABELS = {"x": _curve.ABOUT_X}
ORDER = 26
HIDDEN = _curve.HIDDEN
START = _curve.START
always = _curve.always
LONGEST = 40  # a task's name; the whole formula stands in its parameter


class _Texts(Base):
    function: str = param(
        "sin(3*x) + x**2/4",
        f"What is to be learned: a formula in x, such as sin(3*x) + x^2/4. Known are {NAMES}.",
        title="Function of x",
    )
    second: str = param("", "A second task on the same x; empty: there is none.", title="Second function of x")


class Params(_curve.Curve, _Texts):
    TASKS = 2  # points of the second task wait while there is no second function

    @model_validator(mode="after")
    def formulas_hold(self) -> "Params":
        for text in _texts(self):
            read(text).check(self.low, self.high)
        return self


def _texts(params: Params) -> list[str]:
    return [params.function, *([params.second] if params.second.strip() else [])]


def names(params: Params) -> list[str]:
    """The tasks' columns: the formulas, shortened, none twice and none called as the input is."""
    found: list[str] = []
    for text in _texts(params):
        text = " ".join(text.split())
        name = f"y = {text}" if text in INPUTS else text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
        found.append(f"{name[: LONGEST - 4]} (2)" if name in found else name)
    return found


def tasks(params: Params) -> dict[str, TaskKind]:
    return dict.fromkeys(names(params), "regression")


def table(params: Params) -> pd.DataFrame:
    return _curve.curve(params, dict(zip(names(params), map(read, _texts(params)), strict=True)))

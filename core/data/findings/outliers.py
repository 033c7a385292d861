"""Few values far from all others. Knows nothing of why they are there.

Far: beyond 8 times the width of the middle half of the values. Numbers from 0 up must also be far as logarithms (4 times), or
they are no more than a long tail, of which `skew` speaks. Inputs can be capped at the last value that is not far; of a task,
capping would change the answers, so it can only be taken as missing.
"""

from collections.abc import Iterator

import numpy as np

from core.data.findings._finding import Finding, Offer, as_missing, mending, number, quoted
from core.data.findings._look import Look
from core.registry import Params

__all__ = ["Params"]

TITLE = "Far outliers"
HELP = "Few values far from all others: they stretch the scale for all."
ORDER = 7
WIDTHS, LOG_WIDTHS = 8.0, 4.0
FEW = 0.01  # of the values; more are no outliers
ENOUGH = 30
VALUES = 5
"""So many different values can be taken as missing by a click."""


def find(look: Look) -> Iterator[Finding]:
    tasks = [task.column for task in look.tasks if task.kind == "regression"]
    for name in (*tasks, *look.amounts):
        values = look.numbers(name)
        values = values[~np.isnan(values)]
        if len(values) < ENOUGH:
            continue
        low, high = _fences(values)
        far = values[(values < low) | (values > high)]
        if not 0 < len(far) <= max(FEW * len(values), 1):
            continue
        near = values[(values >= low) & (values <= high)]
        farthest = far[np.argmax(np.abs(far - np.median(near)))]
        figure = f"the others lie from {number(near.min())} to {number(near.max())}"
        many = f"One value of {quoted(name)} is" if len(far) == 1 and not look.sampled else f"{_many(look, len(far), name)} are"
        sentence = f"{many} far from all others: {number(farthest)}{', the farthest' if len(far) > 1 else ''}; {figure}."
        yield Finding("outliers", name, sentence, tuple(_offers(name, far, near, name not in tasks)))


def _many(look: Look, count: int, name: str) -> str:
    return f"The values of {look.rows(count)} of {quoted(name)}"


def _offers(name: str, far: np.ndarray, near: np.ndarray, capped: bool) -> Iterator[Offer]:
    low, high = float(near.min()), float(near.max())
    bounds: dict[str, float] = {}
    if (far < low).any():
        bounds["low"] = low
    if (far > high).any():
        bounds["high"] = high
    shown = " and ".join(number(bound) for bound in bounds.values())
    if capped and low < high:
        yield mending(f"Cap at {shown}", f"capped at {shown}", "cap", column=name, **bounds)
    if len(different := np.unique(far)) <= VALUES:
        yield as_missing(name, different.tolist())


def _fences(values: np.ndarray) -> tuple[float, float]:
    first, third = np.quantile(values, (0.25, 0.75))
    if first == third:  # most rows have one value: what is far cannot be said
        return -np.inf, np.inf
    low, high = first - WIDTHS * (third - first), third + WIDTHS * (third - first)
    if values.min() >= 0:
        one, other = np.log1p((first, third))
        high = max(high, float(np.expm1(min(other + LOG_WIDTHS * (other - one), 700.0))))
    return float(low), float(high)

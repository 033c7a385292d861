"""Numbers as texts: counts and scores written the same everywhere. Knows nothing of pages or of what they mean."""

import math
from collections.abc import Mapping, Sequence
from typing import Any


def short(value: float | None, unit: str = "") -> str:
    """Four significant digits at most; a dash where there is no number."""
    if value is None or not math.isfinite(value):
        return "–"
    size = abs(value)
    text = f"{value:,.0f}" if 1000 <= size < 1e6 else f"{value:.3f}" if 0.1 <= size < 10 else f"{value:.4g}"
    return f"{text} {unit}" if unit else text


def spread(band: Sequence[float | None], unit: str = "") -> str:
    """A band `[mean, low, high]`: the mean, and the range where there is one."""
    mean, low, high = band
    if low == high:
        return short(mean, unit)
    return f"{short(mean, unit)} ({short(low)} to {short(high)})"


def band_of(told: Mapping[str, Any]) -> list[float | None]:
    """`{"mean", "low", "high"}` as `[mean, low, high]`."""
    return [told["mean"], told["low"], told["high"]]


def counted(number: int, one: str) -> str:
    """“1 row”, “1,200 rows”."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"

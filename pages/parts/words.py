"""Numbers as texts: counts and scores written the same everywhere. Knows nothing of pages or of what they mean."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

MINUS = "\u2212"
NAIVE = "always the most frequent class, or the mean"
"""What the naive baseline does, wherever it is named."""


def short(value: float | None, unit: str = "", fixed: bool = False) -> str:
    """A measured number: three decimals below 10, fewer above, so that those in a column are of one style.

    As `numberText` of the live part writes them: numbers that three decimals would round to nothing get a power of ten.
    fixed: not those, since a score without a unit is nothing where it is that small.
    """
    if value is None or not math.isfinite(value):
        return "–"
    size = abs(value)
    if size >= 1e6 or 0 < size < 5e-4 and not fixed:
        digits, power = f"{value:.1e}".split("e")
        text = f"{digits}e{int(power)}"
    else:
        text = f"{value:,.{3 if size < 9.9995 else 2 if size < 99.995 else 1 if size < 999.95 else 0}f}"
    text = text.removeprefix("-") if text == "-0.000" else text
    return with_unit(text.replace("-", MINUS), unit)


def amount(value: float | None, unit: str = "") -> str:
    """A number of the table, such as an age: whole where it is whole."""
    if value is None or not math.isfinite(value):
        return "–"
    text = f"{value:,.0f}" if value == round(value) and abs(value) < 1e15 else f"{value:,.4g}"
    return with_unit(text.replace("-", MINUS), unit)


def with_unit(text: str, unit: str = "") -> str:
    return f"{text} {unit}" if unit else text


def spread(band: Sequence[float | None], unit: str = "", fixed: bool = False) -> str:
    """A band `[mean, low, high]`: the mean, and the range where there is one."""
    mean, low, high = band
    if low == high:
        return short(mean, unit, fixed)
    return f"{short(mean, unit, fixed)} ({short(low, fixed=fixed)} to {short(high, fixed=fixed)})"


def band_of(told: Mapping[str, Any]) -> list[float | None]:
    """`{"mean", "low", "high"}` as `[mean, low, high]`."""
    return [told["mean"], told["low"], told["high"]]


def counted(number: int, one: str) -> str:
    """“1 row”, “1,200 rows”."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"

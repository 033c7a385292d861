"""A measured figure beside the bound it must keep, and the table that shows them. Knows nothing of what was measured."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`bound`: the most that `value` may be (the least, if `least`); None where there is none. A missed `aim` is no fault."""

    what: str
    value: float
    unit: str = ""
    bound: float | None = None
    least: bool = False
    aim: bool = False

    @property
    def kept(self) -> bool:
        """Whether the bound holds; a value that is no number keeps none."""
        if self.bound is None:
            return True
        return self.value >= self.bound if self.least else self.value <= self.bound

    @property
    def broken(self) -> bool:
        return not (self.kept or self.aim)

    @property
    def verdict(self) -> str:
        if self.bound is None:
            return ""
        if self.kept:
            return "ok"
        return "missed" if self.aim else "UNDER" if self.least else "OVER"


def table(figures: Sequence[Figure]) -> str:
    """One line a figure: what, value, bound, verdict."""
    lines = []
    for figure in figures:
        sign = ">=" if figure.least else "<="
        bound = "" if figure.bound is None else f"{'aim ' if figure.aim else ''}{sign} {short(figure.bound)}"
        lines.append(f"{figure.what:<64}{short(figure.value):>9} {figure.unit:<10}{bound:<12}{figure.verdict}".rstrip())
    return "\n".join(lines)


def rows(figures: Sequence[Figure]) -> str:
    """The same as a Markdown table."""
    lines = ["| What | Found | Bound |", "| --- | ---: | ---: |"]
    for figure in figures:
        sign = "at least" if figure.least else "at most"
        bound = "" if figure.bound is None else f"{sign} {short(figure.bound)}"
        lines.append(
            f"| {figure.what.strip()} | {short(figure.value)} {figure.unit}".rstrip() + f" | {bound} |".replace("  ", " ")
        )
    return "\n".join(lines)


def short(value: float) -> str:
    """Three digits that matter."""
    if not math.isfinite(value):
        return str(value)
    if value and abs(value) < 0.001:
        return f"{value:.1e}".replace(".0e", "e")
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if digits else text

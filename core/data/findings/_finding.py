"""A sentence about a table, and clicks that mend what it says. Knows nothing of what is found, nor of how a click is done."""

from dataclasses import dataclass
from typing import Any

LONGEST = 40
"""Characters of a name or a cell that a sentence shows."""


@dataclass(frozen=True)
class Offer:
    """A mend as a click. label: on the button; done: what stands there once it is done; back: on the button that undoes it.

    op: `{"op": "ignore", "column"}`, `{"op": "missing", "column", "values"}` (a column of None means every column),
    `{"op": "mend", "name", "params"}` or `{"op": "read", "reading"}` (what of `Reading` is to be otherwise).
    """

    label: str
    done: str
    op: dict[str, Any]
    back: str = "Undo"


@dataclass(frozen=True)
class Finding:
    """name: of its kind, as in the registry; column: the one it is about, None for the whole table."""

    name: str
    column: str | None
    sentence: str
    offers: tuple[Offer, ...] = ()


def leave_out(column: str, back: str = "Undo") -> Offer:
    return Offer("Leave it out", "left out", {"op": "ignore", "column": column}, back)


def as_missing(column: str | None, values: list[float | str], label: str = "Take as missing") -> Offer:
    return Offer(label, "taken as missing", {"op": "missing", "column": column, "values": values})


def mending(label: str, done: str, name: str, **params: Any) -> Offer:
    return Offer(label, done, {"op": "mend", "name": name, "params": params})


def quoted(text: object) -> str:
    """A name or a cell in a sentence: on one line, and short."""
    line = " ".join(str(text).split())
    return f"“{line if len(line) <= LONGEST else f'{line[: LONGEST - 1]}…'}”"


def listed(names: list[str], most: int = 3) -> str:
    """“a”, “b” and 4 more."""
    shown = [quoted(name) for name in names[:most]]
    if rest := len(names) - most if len(names) > most else 0:
        shown.append(f"{rest:,} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def number(value: float) -> str:
    """A cell's number as people write it."""
    return f"{value:,.0f}" if value == round(value) and abs(value) < 1e15 else f"{value:,.4g}"


def percent(share: float) -> str:
    """A share that is neither 0 nor 1 never reads as one of them."""
    text = f"{share:.0%}"
    return f"{share:.1%}" if text in ("0%", "100%") and 0.0005 <= share < 0.9995 else text

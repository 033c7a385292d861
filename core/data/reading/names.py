"""Columns' names, so that each can be told, typed and drawn. Knows nothing of cells. A name is data: nothing in it is run."""

import re
import unicodedata
from collections.abc import Sequence

MAX_NAME = 200  # characters


def named(raw: Sequence[object]) -> tuple[list[str], tuple[str, ...]]:
    """The columns' names `[column]`, each its own and on one line, and notes on what was changed.

    raw: names as they are in the file; None or blank where a column has none.
    """
    cleaned = [_clean("" if name is None else str(name)) for name in raw]
    nameless = [place + 1 for place, name in enumerate(cleaned) if not name]
    cut = sum(len(name) > MAX_NAME for name in cleaned)
    odd = sum(" ".join(str(name).split(" ")).strip() != clean for name, clean in zip(raw, cleaned, strict=True) if name)
    names = [name[:MAX_NAME].rstrip() or f"column {place}" for place, name in enumerate(cleaned, 1)]
    names, twice = _apart(names)
    notes = []
    if nameless:
        shown = listed([f"“column {place}”" for place in nameless])
        notes.append(f"{'A column' if len(nameless) == 1 else f'{len(nameless):,} columns'} had no name: {shown}.")
    if twice:
        notes.append(f"Columns with the same name got a number: {listed([f'“{name}”' for name in twice])}.")
    if cut:
        notes.append(f"{_columns(cut, 'name was', 'names were')} longer than {MAX_NAME} characters and cut.")
    if odd:
        notes.append(f"{_columns(odd, 'name has', 'names have')} line ends or invisible marks, which are left out.")
    return names, tuple(notes)


def unnamed(columns: int) -> list[str]:
    """Names for a table without a header."""
    return [f"column {place}" for place in range(1, columns + 1)]


def _clean(name: str) -> str:
    """Without control characters, line ends (a space each) and marks that turn or hide text; without spaces around."""
    kept = []
    for letter in name:
        kind = unicodedata.category(letter)
        if kind in ("Cc", "Zl", "Zp"):
            kept.append(" ")
        elif kind not in ("Cf", "Cs", "Cn") or letter == "\u200d":  # emoji are joined by it
            kept.append(letter)
    return re.sub(r"\s+", " ", "".join(kept)).strip().strip("\u200d")


def _apart(names: list[str]) -> tuple[list[str], list[str]]:
    """Names of which no two are alike, and those that were."""
    taken, apart, twice = set(names), [], []
    seen: set[str] = set()
    for name in names:
        own, number = name, 2
        while own in seen or (own != name and own in taken):
            own, number = f"{name} ({number})", number + 1
        if own != name and name not in twice:
            twice.append(name)
        seen.add(own)
        apart.append(own)
    return apart, twice


def _columns(number: int, one: str, more: str) -> str:
    return f"One column's {one}" if number == 1 else f"{number:,} columns' {more}"


def listed(names: Sequence[str], longest: int = 60, most: int = 5) -> str:
    """Names for a sentence: the first few, and how many more there are."""
    shown = ", ".join(f"{name:.{longest}}" for name in names[:most])
    return f"{shown} and {len(names) - most:,} more" if len(names) > most else shown

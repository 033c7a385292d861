"""Columns that say the same as another. Knows nothing of tasks: a column that says what a task does is leakage.

Numbers are the same when one is a line of the other (correlation above 0.9999), other columns when one is the other with its
values renamed.
"""

from collections.abc import Iterator

import numpy as np

from core.data.findings._finding import Finding, leave_out, quoted
from core.data.findings._look import Look
from core.registry import Params

__all__ = ["Params"]

TITLE = "Columns that say the same"
HELP = "Columns that are a copy of another, but for scale or names."
ORDER = 6
ROWS = 5_000
ENOUGH = 20  # rows
LIKELY, SAME = 0.999, 0.9999


def find(look: Look) -> Iterator[Finding]:
    """The second of two is named, with the first that it repeats."""
    if len(look.frame) < ENOUGH:
        return
    twins = _amounts(look) | _renamed(look)
    for second in look.names:
        if second in twins:
            first, how = twins[second]
            sentence = f"{quoted(second)} says the same as {quoted(first)} ({how})."
            yield Finding("twins", second, sentence, (leave_out(second),))


def _amounts(look: Look) -> dict[str, tuple[str, str]]:
    names = look.amounts
    if len(names) < 2:
        return {}
    values = np.stack([look.numbers(name)[:: -(-len(look.frame) // ROWS)] for name in names])
    missing = np.isnan(values)
    with np.errstate(all="ignore"):
        centred = np.where(missing, 0.0, values - _mean(values, missing)[:, None])
        centred /= np.sqrt((centred**2).sum(1))[:, None]
    likely = np.argwhere(np.triu(np.abs(np.nan_to_num(centred @ centred.T)) > LIKELY, 1))
    found: dict[str, tuple[str, str]] = {}
    for one, other in likely:
        first, second = names[one], names[other]
        if second in found or first in found:
            continue
        a, b = look.numbers(first), look.numbers(second)
        known = ~np.isnan(a) & ~np.isnan(b)
        together = known.sum() >= max(ENOUGH, 0.9 * (~np.isnan(b)).sum())
        if not together or min(np.ptp(a[known]), np.ptp(b[known])) == 0:
            continue
        figure = float(np.corrcoef(a[known], b[known])[0, 1])
        if abs(figure) > SAME:
            same = (a[known] == b[known]).all()
            found[second] = first, "the same number in every row" if same else f"correlation {look.about}{figure:.5f}"
    return found


def _mean(values: np.ndarray, missing: np.ndarray) -> np.ndarray:
    return np.where(missing, 0.0, values).sum(1) / np.maximum((~missing).sum(1), 1)


def _renamed(look: Look) -> dict[str, tuple[str, str]]:
    """Columns of texts and of few values: numbered as their values come, two of them are the same."""
    found: dict[str, tuple[str, str]] = {}
    seen: dict[bytes, str] = {}
    for name in look.others:
        if look.kinds[name] == "number":
            continue
        codes, distinct = look.codes(name)
        if 2 * len(distinct) > (codes >= 0).sum():  # each nearly once: any two such columns are alike
            continue
        first = seen.setdefault(codes.tobytes(), name)
        if first != name:
            same = (
                set(map(str, distinct)) == set(map(str, look.codes(first)[1]))
                and (look.frame[name].astype(str) == look.frame[first].astype(str)).all()
            )
            found[name] = first, "the same in every row" if same else "with its values renamed"
    return found

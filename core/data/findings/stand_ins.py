"""Values that likely stand for "not known": a "?", a rare class 0, a -9 or 999 that stands apart. Decides as `infer` does."""

from collections.abc import Iterator

import pandas as pd

from core.data.findings._finding import Finding, as_missing, listed, quoted
from core.data.findings._look import Look
from core.data.infer import SIGNS
from core.data.values import label, texts
from core.registry import Params

__all__ = ["Params"]

TITLE = "Stand-ins for missing"
HELP = "Values that likely stand for “not known”, such as ?, -9 or 999."
ORDER = 8


def find(look: Look) -> Iterator[Finding]:
    """A number that does so in several columns is said once, for all."""
    for mark in look.everywhere:
        columns = [name for name, marks in look.guessed.items() if mark in marks]
        sentence = f"{quoted(label(mark))} likely stands for “not known” in {len(columns):,} columns ({listed(columns)})."
        yield Finding("stand-ins", None, sentence, (as_missing(None, [mark]),))
    signs = {name: marks for name, marks in look.guessed.items() if marks and {label(mark) for mark in marks} <= SIGNS}
    if len(signs) > 1:
        shown = " and ".join(quoted(sign) for sign in sorted({label(mark) for marks in signs.values() for mark in marks}))
        yield Finding(
            "stand-ins",
            None,
            f"{shown} in {len(signs):,} columns ({listed([*signs])}): taken as missing. To change that: Missing values, below.",
        )
    for name, marks in look.guessed.items():
        if len(signs) > 1 and name in signs:
            continue
        if own := [mark for mark in marks if mark not in look.everywhere]:
            shown = " and ".join(quoted(label(mark)) for mark in own)
            cells = _count(look.whole[name], own)
            verb = "stand" if len(own) > 1 else "stands"
            sentence = f"{shown} in {quoted(name)} ({cells}) likely {verb} for “not known”."
            yield Finding("stand-ins", name, sentence, (as_missing(name, own),))


def _count(column: pd.Series, marks: list[float | str]) -> str:
    codes, distinct = pd.factorize(column)
    names = {label(mark) for mark in marks}
    if pd.api.types.is_numeric_dtype(column.dtype):
        count = int(column.isin([mark for mark in marks if isinstance(mark, float)]).sum())
    else:
        count = int(pd.Series(texts(column)).isin(names).sum())
    return "1 row" if count == 1 else f"{count:,} rows"

"""The range of the one input that a network may learn from (`Split.learn_from`). Knows nothing of tensors."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from core.data.split import Rows
from core.data.targets import Answers
from core.data.values import numbers
from core.errors import UserError
from core.experiment import Data


def inside_of(data: Data, frame: pd.DataFrame) -> np.ndarray:
    """Which rows `[row]` lie where the network may learn from; without such a range all do."""
    if data.split.learn_from is None:
        return np.ones(len(frame), dtype=bool)
    kinds = list(data.inputs.values())
    if kinds != ["number"]:
        found = f"a {kinds[0]} input" if len(kinds) == 1 else f"{len(kinds)} inputs"
        raise UserError(
            "A range to learn from should be one of a single input that is a number.",
            found,
            "Take the range away, or leave one number as the only input.",
        )
    name, (low, high) = next(iter(data.inputs)), data.split.learn_from
    x = numbers(frame[name], data.marks(name))
    return (x >= low) & (x <= high)


def span(data: Data, frame: pd.DataFrame) -> tuple[float, float] | None:
    """From where to where the one input goes, if it is a number and known anywhere."""
    if list(data.inputs.values()) != ["number"]:
        return None
    name = next(iter(data.inputs))
    x = numbers(frame[name], data.marks(name))
    x = x[np.isfinite(x)]
    return (float(x.min()), float(x.max())) if len(x) else None


def check_reach(splits: Sequence[Rows], found: Sequence[Answers]) -> None:
    """Raises `UserError` when a split has too little left to train on."""
    for rows in splits:
        if len(rows.train) < 2:
            raise UserError(
                "The range to learn from should hold at least 2 training rows.",
                f"{len(rows.train)}",
                "Make it wider, or move it.",
            )
        for each in found:
            if not each.labelled[rows.train].any():
                raise UserError(
                    f"The range to learn from should hold training rows with a label for “{each.task.column}”.",
                    "none",
                    "Make it wider, or move it.",
                )

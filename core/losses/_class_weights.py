"""How much each class counts in a loss: the same for all, balanced, or given. Knows nothing of outputs."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated, Literal

import torch
from pydantic import Field
from torch import Tensor

from core.errors import UserError

ClassWeights = Literal["none", "balanced"] | tuple[Annotated[float, Field(gt=0.0)], ...]
HELP = (
    "How much a row of each class counts: “none” all the same, “balanced” rare classes more "
    "(rows / classes / rows of the class), or one number per class."
)
FORMULA = r"w_c = \frac{n}{C\, n_c}"


def class_weights(choice: str | Sequence[float], counts: Tensor) -> Tensor | None:
    """Weight of each class `[class]`, float32, or None when all count the same. Not to be changed: it is kept.

    counts: `[class]` labelled training rows per class; a class without rows counts as one row.
    Balanced weights are those of scikit-learn's `class_weight="balanced"`. Raises `UserError` when the
    numbers given are not as many as there are classes.
    """
    if choice == "none":
        return None
    if choice == "balanced":
        return _balanced(tuple(counts.tolist()))
    if len(choice) != len(counts):
        found = f"{len(choice)} number{'s' * (len(choice) != 1)}"
        raise UserError(f"Class weights should be {len(counts)} numbers, one per class.", found, "Add or remove numbers.")
    return _given(tuple(choice))


@lru_cache(maxsize=256)
def _balanced(counts: tuple[float, ...]) -> Tensor:
    return torch.tensor([sum(counts) / (len(counts) * max(count, 1)) for count in counts])


@lru_cache(maxsize=256)
def _given(numbers: tuple[float, ...]) -> Tensor:
    return torch.tensor(numbers)


def torch_option(choice: str | Sequence[float], counts: Tensor | None) -> list[str]:
    """The argument `weight=...` of torch's losses as Python text, in a list; empty when all count the same.

    Without `counts`, balanced weights read the name `class_weights`, which the code around has to set.
    """
    if choice == "balanced" and counts is None:
        return ["weight=class_weights"]
    weights = class_weights(choice, counts if counts is not None else torch.ones(len(choice)))
    return [] if weights is None else [f"weight=torch.tensor({[round(number, 6) for number in weights.tolist()]})"]

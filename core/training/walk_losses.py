"""How a loss is written in figures, for the page that walks through a network: of which form, and what each row is times.

Knows nothing of networks or pages. A loss of no form here is told by its formula.
"""

from types import ModuleType
from typing import Any

from latex2mathml.converter import convert
from torch import Tensor

from core.losses import bce, cross_entropy, mae, mse
from core.registry import Params

FORMS: dict[ModuleType, str] = {mse: "square", mae: "distance", cross_entropy: "surprise", bce: "surprise"}


def written(module: ModuleType, params: Params, right: Tensor, worth: Tensor, counts: Tensor) -> dict[str, Any]:
    """`form`, `factors`, `formula` (MathML) and `settings` (pairs of a title and what it is set to).

    A row's loss is its factor times, by the form: "square" (z - t)^2, "distance" |z - t|, "surprise" -ln of the probability of
    the true class; "" another. right, worth `[row]`: the answers and what each counts in the mean; counts: as losses get them.
    """
    form = FORMS.get(module, "")
    factors = [1.0] * len(right)
    if isinstance(params, mse.Params):
        factors = [params.scale] * len(right)
    elif isinstance(params, cross_entropy.Params):
        form = "" if params.label_smoothing else form
        factors = worth.tolist()
    elif isinstance(params, bce.Params):
        yes = bce.yes_weight(params, counts)
        factors = [yes if value else 1.0 for value in right.tolist()]
    fields = type(params).model_fields
    settings = [[fields[name].title or name, str(value)] for name, value in params]
    return {"form": form, "factors": factors, "formula": convert(module.FORMULA), "settings": settings}

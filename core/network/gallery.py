"""An activation as numbers to draw: itself and its derivative. Knows nothing of colours or pages."""

from collections.abc import Mapping
from typing import Any

import torch

from core.network.activations import ACTIVATIONS

POINTS = 241
REACH = (-4.0, 4.0)


@torch.inference_mode()
def drawn(name: str, params: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """`name`, `title`, and lists `z`, `f` and `d` (function and derivative). Raises `UserError` for unknown names or values.

    The derivative is what the layers' own backward pass gives for a gradient of 1.
    """
    module, known = ACTIVATIONS.resolve(name, params)
    low, high = getattr(module, "DRAWN", REACH)
    z = torch.linspace(low, high, POINTS).view(1, -1, 1)
    learned = [torch.full((1, 1, 1), value(known)) for value in getattr(module, "LEARNED", {}).values()]
    y = module.forward(z, known, *learned)
    found = module.backward(torch.ones_like(z), z, y, known, *learned)
    slope = found[0] if learned else found
    return {"name": name, "title": module.TITLE} | {key: _short(values) for key, values in (("z", z), ("f", y), ("d", slope))}


def _short(values: torch.Tensor) -> list[float]:
    return [round(value, 5) for value in values.flatten().tolist()]

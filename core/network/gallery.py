"""An activation as numbers to draw: itself and its derivative, also for other values of its parameters.

Knows nothing of colours or pages.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import torch
from pydantic.fields import FieldInfo

from core.network.activations import ACTIVATIONS
from core.registry import title_of

POINTS = 241
REACH = (-4.0, 4.0)
MOST = 400
"""A parameter with more steps than these has no curves of its own."""
NEAR = 0.005
"""How far a curve between two neighbours may lie from the true one: less than a pixel."""
GREEK = {r"\alpha": "α", r"\beta": "β", r"\omega": "ω"}


def drawn(name: str, params: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """`name`, `title`, and lists `z`, `f` and `d` (function and derivative). Raises `UserError` for unknown names or values.

    The derivative is what the layers' own backward pass gives for a gradient of 1.
    """
    module, known = ACTIVATIONS.resolve(name, params)
    z, curves = _curves(module, known)
    return {"name": name, "title": module.TITLE, "z": _short(z), "f": _short(curves[0]), "d": _short(curves[1])}


def dials(name: str, params: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """What is drawn while a parameter is dragged: one entry for each that is a number with bounds and a step.

    `name`, `title`, `help`, `low`, `high`, `step`, `value`, and for some `values` in order the curves `f` and `d`, with the
    other parameters as they are. In between, a straight line from one neighbour to the next is near enough at each step.
    Raises `UserError` as `drawn` does.
    """
    module, known = ACTIVATIONS.resolve(name, params)
    others = tuple(known.model_dump().items())
    found = []
    for item, field in module.Params.model_fields.items():
        steps = _steps(field)
        if steps:
            values, f, d = _ladder(name, item, steps, tuple(pair for pair in others if pair[0] != item))
            extra: Any = field.json_schema_extra
            found.append(
                {
                    "name": item,
                    "title": title_of(item, field),
                    "help": _help(field),
                    "low": steps[0],
                    "high": steps[-1],
                    "step": float(extra["step"]),
                    "value": getattr(known, item),
                    "values": values,
                    "f": f,
                    "d": d,
                }  # fmt: skip
            )
    return found


def _help(field: FieldInfo) -> str:
    extra: Any = field.json_schema_extra
    symbol = GREEK.get(extra["formula"], extra["formula"])
    return f"{field.description}" + (f" In the formula it is {symbol}." if symbol else "")


def _steps(field: FieldInfo) -> tuple[float, ...]:
    """The values that a parameter's slider can have; none where it is no number with bounds and a step."""
    extra = field.json_schema_extra
    step = extra.get("step") if isinstance(extra, dict) else None
    bounds = {name: getattr(item, name) for item in field.metadata for name in ("ge", "gt", "le", "lt") if hasattr(item, name)}
    low, high = bounds.get("ge", bounds.get("gt")), bounds.get("le", bounds.get("lt"))
    if field.annotation is not float or not isinstance(step, int | float) or low is None or high is None:
        return ()
    count = round((high - low) / step)
    values = [round(low + step * at, 9) for at in range(count + 1)]
    values = values["ge" not in bounds : len(values) - ("le" not in bounds)]
    return tuple(values) if 1 < len(values) <= MOST else ()


@lru_cache(maxsize=64)
def _ladder(
    name: str, item: str, steps: tuple[float, ...], others: tuple[tuple[str, Any], ...]
) -> tuple[list[float], list[list[float]], list[list[float]]]:
    """As few of the steps as will do, and the function and the derivative at each."""
    module = ACTIVATIONS[name]
    all_ = torch.stack([_curves(module, module.Params(**dict(others), **{item: value}))[1] for value in steps])
    kept, spans = {0, len(steps) - 1}, [(0, len(steps) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        share = torch.linspace(0, 1, last - first + 1, dtype=all_.dtype)[1:-1].view(-1, 1, 1)
        between = all_[first] + (all_[last] - all_[first]) * share
        far = (all_[first + 1 : last] - between).abs().amax((1, 2))
        if far.max() > NEAR:
            worst = first + 1 + int(far.argmax())
            kept.add(worst)
            spans += [(first, worst), (worst, last)]
    places = sorted(kept)
    return [steps[at] for at in places], [_short(all_[at, 0]) for at in places], [_short(all_[at, 1]) for at in places]


@torch.inference_mode()
def _curves(module: Any, known: Any) -> tuple[torch.Tensor, torch.Tensor]:
    """z, and the function and the derivative there: [2, point]."""
    low, high = getattr(module, "DRAWN", REACH)
    z = torch.linspace(low, high, POINTS).view(1, -1, 1)
    learned = [torch.full((1, 1, 1), value(known)) for value in getattr(module, "LEARNED", {}).values()]
    y = module.forward(z, known, *learned)
    found = module.backward(torch.ones_like(z), z, y, known, *learned)
    slope = found[0] if learned else found
    return z.flatten(), torch.stack([y.flatten(), slope.flatten()])


def _short(values: torch.Tensor) -> list[float]:
    return [round(value, 5) for value in values.tolist()]

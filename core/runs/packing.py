"""Curves as whole numbers of small steps: a smooth line of many digits becomes one of few, which a stream packs well.

Knows nothing of runs. `pages/parts/live/packing.js` makes the numbers again.
"""

from typing import Any

FINE = 2000
"""A curve is told to a part so small of its height."""


def packed_view(view: dict[str, Any]) -> dict[str, Any]:
    """A view with its curves packed, where it has any; everything else as it is."""
    if view.get("kind") != "curve":
        return view
    return view | {
        name: [[{key: _packed(value) for key, value in line.items()} for line in task] for task in view[name]]
        for name in ("tasks", "twin")
        if name in view
    }


def _packed(values: Any) -> Any:
    """`{"from", "unit", "steps"}`: the first number, and how many units each of the others lies above the one before it.

    What is no list of numbers, or holds None, stays as it is.
    """
    if not isinstance(values, list) or None in values or len(values) < 3:
        return values
    unit = float(f"{(max(values) - min(values)) / FINE:.3g}")
    if unit == 0.0:
        return values
    places = [round((value - values[0]) / unit) for value in values]
    return {
        "from": values[0],
        "unit": unit,
        "steps": [after - before for before, after in zip(places, places[1:], strict=False)],
    }

"""What goes on inside a network: units that are dead or saturated, gradients that vanish, and each unit's own curve.

Knows nothing of losses or pages. A unit is *dead* when its activation gives zero on every row: nothing comes out of it, and
with ReLU no gradient goes in (Lu et al. 2019, "Dying ReLU and initialization"). On a row a unit is *saturated* when its
value lies in the outermost hundredth of its activation's range at either end, where the slope is close to nothing (Glorot and
Bengio 2010); a layer's share is the mean over rows.
"""

import base64
import math
from typing import Any

import torch
from torch import Tensor

from core.network.graph import Graph
from core.network.layer import Bent, Dense

EDGE = 0.01
UNITS, BINS, REACH = 24, 48, 6.0
"""The most units of a layer whose curves are drawn; a histogram's bins; it reaches from -REACH to REACH."""


def health(network: Graph, saved: Any, gradients: list[Tensor] | None) -> list[dict[str, Any]]:
    """Per layer, outputs included: `name`, and lists over lanes: `gradient` (length of its matrix's gradient, the
    latest step's; None before the first), `dead` (share of its units) and `saturated` (share of its units, mean
    over rows; None where the range has no two ends)."""
    found = []
    for layer, _, y in network.walk(saved):
        gradient = None if gradients is None else gradients[layer.first].flatten(1).norm(dim=1).tolist()
        made: dict[str, Any] = {"name": layer.name, "gradient": gradient}
        if layer.bent is not Bent.NONE:
            made["dead"] = (y == 0).all(1).float().mean(1).tolist()
            made["saturated"] = saturated(layer, y)
        found.append(made)
    return found


def saturated(layer: Dense, y: Tensor) -> list[float] | None:
    """The share of units `[lane]` in the outermost hundredth of the activation's range, mean over rows."""
    low, high = layer.activation.RANGE(layer.params)
    if not (math.isfinite(low) and math.isfinite(high)):
        return None
    margin = EDGE * (high - low)
    return ((y < low + margin) | (y > high - margin)).float().mean((1, 2)).tolist()


def curves(network: Graph, saved: Any) -> list[dict[str, Any]]:
    """Per layer the curves of up to 24 of its units over the grid, of the first lane, as bytes between `low` and `high`."""
    found = []
    for layer, _, y in network.walk(saved):
        lines = y[0].T
        chosen = torch.linspace(0, len(lines) - 1, min(UNITS, len(lines))).round().long()
        shown = lines[chosen, ::2]
        shown = shown.nan_to_num(0.0, 0.0, 0.0)
        low, high = (float(bound) for bound in (shown.min(), shown.max()))
        coded = ((shown - low) / (high - low or 1.0) * 255).round().clamp(0, 255).to(torch.uint8)
        found.append(
            {
                "name": layer.name,
                "units": chosen.tolist(),
                "of": len(lines),
                "low": low,
                "high": high,
                "bytes": base64.b64encode(coded.numpy().tobytes()).decode(),
            }
        )
    return found


def histograms(network: Graph, saved: Any) -> list[dict[str, Any]]:
    """Per hidden layer how its sums z, before the activation, are spread over the rows, of the first lane.

    `share`: of all values, per bin of equal width from -6 to 6; what lies beyond is counted at the ends.
    """
    found = []
    for layer, z, _ in network.walk(saved):
        if layer.is_output:
            continue
        counts = torch.histc(z[0].clamp(-REACH, REACH).nan_to_num(0), BINS, -REACH, REACH)
        share = (counts / counts.sum().clamp(min=1)).tolist()
        found.append({"name": layer.name, "share": [round(value, 4) for value in share]})
    return found

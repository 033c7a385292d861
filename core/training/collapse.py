"""What a network without activations is: one matrix and one bias for each task, however many layers it has.

Knows nothing of training. The product of all its matrices, batch norm folded in, is taken in float64 and held against what
the network itself says on given rows (Baldi and Hornik 1989 look at such networks). For one numeric input and one number as
output that is a slope and an intercept.
"""

import math
from typing import Any

from torch import Tensor

from core.data.dataset import Dataset, Target
from core.network.graph import Graph

MOST = 2000  # numbers of one task's matrix that are worth showing


def collapsed(network: Graph, parameters: list[Tensor], buffers: dict[str, Tensor], lane: int) -> list[tuple[Tensor, Tensor]]:
    """Per task the matrix `[feature, output]` and the bias `[output]` of one lane, float64, in standardised units."""
    return [(weight[lane], bias[lane, 0]) for weight, bias in network.fold(parameters, buffers)]


def gap(matrix: Tensor, bias: Tensor, features: Tensor, output: Tensor) -> float | None:
    """The farthest that `features @ matrix + bias` and the network's own `output` `[row, output]` lie apart."""
    return _number(float((features.double() @ matrix + bias - output.double()).abs().max())) if len(output) else 0.0


def told(dataset: Dataset, target: Target, matrix: Tensor, bias: Tensor, column: str | None) -> dict[str, Any]:
    """As numbers for a page: `slope` and `intercept` in the user's units for one numeric input `column`, else `matrix`."""
    if column is None or target.kind == "multiclass":
        size = matrix.numel()
        listed = [[_number(value) for value in row] for row in matrix.tolist()] if size <= MOST else None
        return {"matrix": listed, "bias": [_number(value) for value in bias.tolist()], "shape": list(matrix.shape)}
    # From the scaler, not from two encoded rows: float32 cannot tell seconds since 1970 apart, and 0 may stand for missing.
    scaler = dataset.transforms[0]["encode"].named_transformers_["number"]["scale"]
    scale = float(target.scale[0])
    slope = float(matrix[0, 0]) * scale / float(scaler.scale_[0])
    return {
        "slope": _number(slope),
        "intercept": _number(float(bias[0]) * scale + float(target.mean[0]) - slope * float(scaler.mean_[0])),
    }


def _number(value: float) -> float | None:
    """Four significant digits; None for what is no number."""
    return float(f"{value:.4g}") if math.isfinite(value) else None

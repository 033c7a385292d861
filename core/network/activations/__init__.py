"""Activations, one file each: what a unit does to its sum. Knows nothing of layers.

Contract: `TITLE`, `HELP`, `FORMULA` and `DERIVATIVE` (LaTeX), `Params` and
`forward(z, params) -> y` and `backward(grad, z, y, params) -> gradient by z`: z and y `[replica, row, unit]`, grad as they
are or with a task axis before that, `[task, replica, row, unit]`; never in place.
`GAIN(params) -> float` is the factor by which initial weights are scaled (He 2015 for ReLU and kin, else 1).
`RANGE(params) -> (low, high)`: infimum and supremum of its values, `math.inf` where there is none.
`TORCH`: the same as Python text, for code that people take away; a template whose fields are the parameters.
`REFERENCE`: author, year, title of where it comes from. `FAILS`: one sentence for a beginner, when it goes wrong.
`DRAWN` (may be left out): `(low, high)` of z to draw it over, where that should not be -4 to 4.
`LEARNED` (may be left out): numbers that are learned, one per layer and replica: name -> `(params) -> initial value`.
Each is given as a tensor `[replica, 1, 1]` after the others, `forward(z, params, *learned)`, and
`backward(grad, z, y, params, *learned) -> (gradient by z, [gradient by each, a task axis first where grad has one])`.
`RANGE` and `GAIN` are those at the initial values.
"""

from core.registry import Registry

ACTIVATIONS = Registry(
    "core.network.activations",
    "activation",
    ("FORMULA", "DERIVATIVE", "TORCH", "GAIN", "RANGE", "REFERENCE", "FAILS", "forward", "backward"),
)

"""Activations, one file each: what a unit does to its sum. Knows nothing of layers.

Contract: `TITLE`, `HELP`, `FORMULA`, `Params` and
`forward(z, params) -> y` and `backward(grad, z, y, params) -> gradient by z`, all `[..., row, unit]`, never in place.
`GAIN(params) -> float` is the factor by which initial weights are scaled (He 2015 for ReLU and kin, else 1).
`TORCH`: the same as Python text, for code that people take away; a template whose fields are the parameters.
"""

from core.registry import Registry

ACTIVATIONS = Registry("core.network.activations", "activation", ("FORMULA", "TORCH", "GAIN", "forward", "backward"))

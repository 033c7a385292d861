"""Learning-rate schedules, one file each. Knows nothing of optimizers.

Contract: `TITLE`, `HELP`, `FORMULA`, `Params` and `factor(step, steps, params) -> float`: what the learning rate is
multiplied with at `step` (from 0) of `steps` in all.
`TORCH`: the same as Python text, for code that people take away; a template whose fields are `steps` and the
parameters, and which uses nothing but `torch` and `optimizer`.
"""

from core.registry import Registry

SCHEDULES = Registry("core.training.schedules", "learning-rate schedule", ("FORMULA", "TORCH", "factor"))

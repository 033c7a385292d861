"""Learning-rate schedules, one file each. Knows nothing of optimizers.

Contract: `TITLE`, `HELP`, `FORMULA`, `Params` and `factor(step, steps, params) -> float`: what the learning rate is multiplied with
at `step` (from 0) of `steps` in all.
"""

from core.registry import Registry

SCHEDULES = Registry("core.training.schedules", "learning-rate schedule", ("FORMULA", "factor"))

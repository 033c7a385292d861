"""Optimizers, one file each: one step on all parameters at once. Knows nothing of layers or replicas.

Contract: `TITLE`, `HELP`, `FORMULA`, `Params` and
`init(flat) -> dict[str, Tensor]` (the state, tensors like `flat`) and
`update(flat, grad, state, params, rate, step)`: moves `flat` and `state` in place; `rate` is this step's
learning rate, `step` counts from 1. `flat`, `grad`: float32 `[parameter]`, every parameter of every replica. Element-wise only,
so that replicas never meet. Agrees with the `torch.optim` class that `ORACLE` names.
`TORCH`: the same as Python text, for code that people take away; a template whose fields are `rate` and the parameters.
"""

from core.registry import Registry

OPTIMIZERS = Registry("core.training.optimizers", "optimizer", ("FORMULA", "TORCH", "ORACLE", "init", "update"))

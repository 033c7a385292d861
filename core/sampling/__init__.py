"""Sampling policies, one file each: which rows are taken when. Knows nothing of networks or losses.

Contract: `TITLE`, `HELP`, `Params` and `order(params, rows, generator) -> int64 [row]`: the order in which an epoch goes
through the `rows` training rows; batches are cut from it one after the other, the last may be smaller.
"""

from core.registry import Registry

SAMPLING = Registry("core.sampling", "sampling policy", ("order",))

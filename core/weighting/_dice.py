"""Random numbers of schemes: of each replica its own, the same at the same step however a run was cut or who trains beside it.

Knows nothing of schemes. Philox (Salmon et al. 2011) counts instead of remembering: a seed, a replica and a step say which
numbers come, so nothing of it needs to be kept. Dice that are `apart` throw others, of which the same is true.
"""

import hashlib
from collections.abc import Sequence

import numpy as np

CHUNK = 4096


class Dice:
    """replicas: the number of each lane's replica; lanes of one number throw the same. name: of dice that are apart."""

    def __init__(self, seed: int, replicas: Sequence[int], name: str = "") -> None:
        self._seed, self._replicas = seed, list(replicas)
        self._stream = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest()) if name else 0
        self._apart: dict[str, Dice] = {}
        self._kept: dict[tuple[str, int], tuple[int, np.ndarray]] = {}

    def apart(self, name: str) -> "Dice":
        """Dice for someone else at the same step, the same each time; without a name these."""
        if name and name not in self._apart:
            self._apart[name] = Dice(self._seed, self._replicas, name)
        return self._apart[name] if name else self

    def uniform(self, step: int, count: int) -> np.ndarray:
        """`[replica, count]`, at least 0 and below 1."""
        return self._drawn("uniform", step, count)

    def normal(self, step: int, count: int) -> np.ndarray:
        """`[replica, count]`, of mean 0 and variance 1."""
        return self._drawn("normal", step, count)

    def _drawn(self, kind: str, step: int, count: int) -> np.ndarray:
        steps = max(1, CHUNK // max(count, 1))
        chunk, at = divmod(step, steps)
        known, table = self._kept.get((kind, count), (-1, np.empty(0)))
        if known != chunk:
            table = np.stack([self._chunk(kind, replica, chunk, (steps, count)) for replica in self._replicas], 1)
            self._kept[kind, count] = (chunk, table)
        return table[at]

    def _chunk(self, kind: str, replica: int, chunk: int, shape: tuple[int, int]) -> np.ndarray:
        stream = np.random.Generator(np.random.Philox(key=[self._seed, replica], counter=[0, 0, chunk, self._stream]))
        return stream.random(shape) if kind == "uniform" else stream.standard_normal(shape)

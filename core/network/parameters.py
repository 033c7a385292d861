"""Where a network's numbers live: one flat tensor, every parameter a contiguous block `[replica, ...]` of it.

Knows nothing of layers or training. One flat tensor makes an optimizer step a handful of calls however
many layers there are, and a checkpoint one block. Shared parameters come first.
"""

import hashlib
from dataclasses import dataclass
from math import prod

import torch
from torch import Tensor

SHARED = ""


@dataclass(frozen=True)
class Spec:
    """One parameter: `owner` is `SHARED` or a task; initial values are uniform in `center +- spread`."""

    name: str
    owner: str
    shape: tuple[int, ...]
    spread: float
    center: float = 0.0
    matrix: bool = False

    @property
    def size(self) -> int:
        return prod(self.shape)


def key(*parts: object) -> int:
    """A 63-bit seed that depends on every part: how one document seed yields many independent generators."""
    return int.from_bytes(hashlib.blake2b(repr(parts).encode(), digest_size=8).digest()) >> 1


def generator(*parts: object) -> torch.Generator:
    return torch.Generator().manual_seed(key(*parts))


def views(flat: Tensor, specs: tuple[Spec, ...], replicas: int) -> list[Tensor]:
    """The parameters `[..., replica, *shape]` as views of `flat` `[..., parameter]`, in the order of `specs`."""
    sizes = [replicas * spec.size for spec in specs]
    parts = flat[..., : sum(sizes)].split(sizes, -1)
    return [part.view(*flat.shape[:-1], replicas, *spec.shape) for part, spec in zip(parts, specs, strict=True)]


def initial(specs: tuple[Spec, ...], replicas: int, seed: int, lanes: int | None = None) -> Tensor:
    """Fresh parameters, flat. Replica r draws from a generator of its own, so it starts alike however many there are.

    Of more lanes than replicas, the later ones are twins: they start as the first ones do.
    """
    lanes = lanes or replicas
    flat = torch.empty(lanes * sum(spec.size for spec in specs))
    blocks = views(flat, specs, lanes)
    for replica in range(lanes):
        draw = generator("weights", seed, replica % replicas)
        for spec, block in zip(specs, blocks, strict=True):
            block[replica].uniform_(-1.0, 1.0, generator=draw).mul_(spec.spread).add_(spec.center)
    return flat


def matrices(specs: tuple[Spec, ...], replicas: int, shared: float = 1.0, own: float = 1.0) -> Tensor:
    """Where `flat` holds weights of a matrix, one number for shared ones and one for tasks' own; 0 at biases and norms: what L1
    and L2 act on."""
    amounts = [float(spec.matrix) * (shared if spec.owner == SHARED else own) for spec in specs]
    return torch.cat([torch.full((replicas * spec.size,), amount) for spec, amount in zip(specs, amounts, strict=True)])


def per_replica(flat: Tensor, specs: tuple[Spec, ...], replicas: int) -> Tensor:
    """Sum of `flat` over each replica's own parameters, `[replica]`."""
    return sum((block.flatten(1).sum(1) for block in views(flat, specs, replicas)), torch.zeros(replicas))

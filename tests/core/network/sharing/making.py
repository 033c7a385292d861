"""Networks to try architectures on."""

import torch
from torch import Tensor

from core.experiment import Network
from core.network.graph import Graph
from core.network.layer import Pass
from core.network.parameters import initial, views
from core.network.sharing import build

INPUTS, ROWS = 5, 9


def network(sharing: str, trunk: tuple[int, ...] = (6, 4), **params: object) -> Network:
    """Tanh layers of these widths, and a layer of 3 for task a."""
    layer = {"activation": {"name": "tanh"}}
    return Network.model_validate(
        {
            "sharing": {"name": sharing, "params": params},
            "trunk": [layer | {"width": width} for width in trunk],
            "towers": {"a": [layer | {"width": 3}]},
        }
    )


def graph(sharing: str, trunk: tuple[int, ...] = (6, 4), tasks: tuple[str, ...] = ("a", "b"), **params: object) -> Graph:
    return build(network(sharing, trunk, **params), INPUTS, dict.fromkeys(tasks, 2))


def features(replicas: int = 1) -> Tensor:
    return torch.randn(replicas, ROWS, INPUTS, generator=torch.Generator().manual_seed(0))


def begun(made: Graph, replicas: int = 1, seed: int = 0) -> list[Tensor]:
    return views(initial(made.specs, replicas, seed), made.specs, replicas)


def named(made: Graph, parameters: list[Tensor]) -> dict[str, Tensor]:
    return {spec.name: block for spec, block in zip(made.specs, parameters, strict=True)}


def outputs(made: Graph, parameters: list[Tensor]) -> list[Tensor]:
    return made.forward(features(len(parameters[0])), Pass(parameters, {}))[0]


def count(made: Graph) -> int:
    """How many parameters a replica has."""
    return sum(spec.size for spec in made.specs)


def layers(widths: tuple[int, ...], inputs: int = INPUTS) -> int:
    """How many parameters layers of these widths have, one after another."""
    return sum((before + 1) * width for before, width in zip((inputs, *widths), widths, strict=False))


def same(one: list[Tensor], other: list[Tensor]) -> None:
    for first, second in zip(one, other, strict=True):
        torch.testing.assert_close(first, second, atol=1e-6, rtol=1e-5)

"""Soft parameter sharing: a network for each task, drawn towards each other in weight space.

By the squared distance of their layers (Duong, Cohn, Bird and Cook 2015, ACL) or by the trace norm of these side by side
(Yang and Hospedales 2017, arXiv:1606.04038). At strength 0 they are separate networks; by distance at a very large one they are
one network, whose step is the mean of the tasks'.
"""

from typing import Literal

from core.experiment import Network
from core.network.graph import Graph
from core.network.sharing._build import Builder, Inputs
from core.network.sharing.separate import alone
from core.network.ties import Distance, TraceNorm, alike
from core.registry import Params as Base
from core.registry import param

TITLE = "Soft sharing"
HELP = "Every task has a network of its own, and a pull keeps their weights alike: the stronger, the more they are one."
ORDER = 2
LIVE = ("by", "strength")
TIES: dict[str, type[Distance] | type[TraceNorm]] = {"distance": Distance, "trace norm": TraceNorm}


class Params(Base):
    by: Literal["distance", "trace norm"] = param(
        "distance",
        "What is kept small: how far the tasks' weights lie apart, or of how few common parts they are made.",
        title="What the pull keeps small",
    )
    strength: float = param(0.1, "How strong the pull is; 0 leaves the networks separate.", ge=0.0, le=1e6, formula="s")


def build(network: Network, params: Params, inputs: Inputs, outputs: dict[str, int]) -> Graph:
    made = Builder(network, inputs, outputs)
    made.towers(alone(made))
    if not params.strength or not network.trunk:
        return made.graph()
    return made.graph(lambda specs: TIES[params.by](alike(specs, made.tasks, "own"), params.strength))

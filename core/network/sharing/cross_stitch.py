"""Cross-stitch networks (Misra, Shrivastava, Gupta and Hebert 2016, arXiv:1604.03539): a trunk a task, mixed after each layer.

x'_i = sum_j a_ij x_j with one matrix a for each layer, learned. Difference: the paper mixes each channel by numbers of its own,
here a layer has one matrix, as in the paper's equation 1.
"""

from core.experiment import Network
from core.network.graph import Graph
from core.network.mixing import Stitch
from core.network.parameters import SHARED
from core.network.sharing._build import Builder, Inputs
from core.registry import Params as Base
from core.registry import param

TITLE = "Cross-stitch"
HELP = "Every task has a network of its own; after each layer they exchange what they found, as much as they learn to."
ORDER = 3


class Params(Base):
    keep: float = param(
        0.9, "How much of its own a task keeps at a stitch at first; the others share the rest.",
        title="Kept of its own at first", ge=0.0, le=1.0, step=0.05, formula=r"\alpha_{ii}",
    )  # fmt: skip


def build(network: Network, params: Params, inputs: Inputs, outputs: dict[str, int]) -> Graph:
    made = Builder(network, inputs, outputs)
    made.needs_layers(TITLE)
    value, tasks = made.start, len(made.tasks)
    for at, layer in enumerate(network.trunk):
        value = made.dense(f"own.{at}", value, layer, bent=made.bent, copies=tasks)
        value = made.then(Stitch(f"stitch.{at}", SHARED, tasks, params.keep), value)
    made.towers(made.parts("own", value))
    return made.graph()

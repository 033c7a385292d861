"""One-gate mixture of experts: as MMoE, but with one gate for all tasks (the baseline OMoE of Ma et al. 2018, section 4).

After Jacobs, Jordan, Nowlan and Hinton 1991, "Adaptive mixtures of local experts", Neural Computation 3.
"""

from core.experiment import Network
from core.network.graph import Graph
from core.network.sharing._build import Builder, Inputs
from core.network.sharing.mmoe import Params as Params

TITLE = "Mixture of experts, one gate (OMoE)"
HELP = "Several copies of the shared layers, the experts; for each row one gate decides for all tasks which of them count."
ORDER = 5


def build(network: Network, params: Params, inputs: Inputs, outputs: dict[str, int]) -> Graph:
    made = Builder(network, inputs, outputs)
    made.needs_layers(TITLE)
    weights = made.gate("gate", made.start, params.experts)
    bank = made.stack("expert", made.start, network.trunk, copies=params.experts)
    mixed = made.mixture("mixture", weights, {bank: params.experts})
    made.towers([mixed] * len(made.tasks))
    return made.graph()

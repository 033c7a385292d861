"""Multi-gate mixture of experts (Ma, Zhao, Yi, Chen, Hong and Chi 2018, KDD, doi:10.1145/3219819.3220007).

y_k = tower_k(sum_e g_ke(x) f_e(x)), g_k(x) = softmax(W_k x + b_k): experts f_e that all tasks share, each as deep and wide as
the shared layers, and a gate for each task. Difference: the authors' gate has no bias.
"""

from core.experiment import Network
from core.network.graph import Graph
from core.network.sharing._build import Builder, Inputs
from core.registry import Params as Base
from core.registry import param

TITLE = "Mixture of experts, a gate per task (MMoE)"
HELP = "Several copies of the shared layers, the experts; for each row every task decides how much it listens to which."
ORDER = 6


class Params(Base):
    experts: int = param(4, "How many copies of the shared layers there are.", ge=1, le=16)


def build(network: Network, params: Params, inputs: Inputs, outputs: dict[str, int]) -> Graph:
    made = Builder(network, inputs, outputs)
    made.needs_layers(TITLE)
    bank = made.stack("expert", made.start, network.trunk, copies=params.experts)
    ends = []
    for task, column in enumerate(made.tasks):
        weights = made.gate(f"gate{task}", made.start, params.experts, column)
        ends.append(made.mixture(f"mixture{task}", weights, {bank: params.experts}, column))
    made.towers(ends)
    return made.graph()

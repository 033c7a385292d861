"""Customized gate control (Tang, Liu, Zhao and Gong 2020, RecSys, doi:10.1145/3383313.3412236, section 4.1).

As MMoE, but every task has experts of its own beside the shared ones, and its gate chooses among these two kinds alone.
"""

from core.experiment import Network
from core.network.graph import Graph
from core.network.sharing._build import Builder, Inputs
from core.registry import Params as Base
from core.registry import param

TITLE = "Experts of its own for each task (CGC)"
HELP = "Some copies of the shared layers are for all tasks, others for one alone; each task weighs the shared and its own."
ORDER = 7


class Params(Base):
    experts: int = param(2, "How many copies of the shared layers are for all tasks.", title="Experts for all", ge=1, le=16)
    own: int = param(1, "How many more each task has for itself.", title="Experts of each task's own", ge=0, le=8)


def build(network: Network, params: Params, inputs: Inputs, outputs: dict[str, int]) -> Graph:
    made = Builder(network, inputs, outputs)
    made.needs_layers(TITLE)
    bank = made.stack("expert", made.start, network.trunk, copies=params.experts)
    ends = []
    for task, column in enumerate(made.tasks):
        banks = {bank: params.experts}
        if params.own:
            banks[made.stack(f"expert{task}", made.start, network.trunk, column, params.own)] = params.own
        weights = made.gate(f"gate{task}", made.start, sum(banks.values()), column)
        ends.append(made.mixture(f"mixture{task}", weights, banks, column))
    made.towers(ends)
    return made.graph()

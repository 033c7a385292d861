"""DSelect-k (Hazimeh, Zhao, Chowdhery, Sathiamoorthy, Chen, Mazumder, Hong and Chi 2021, arXiv:2106.03760): few experts.

Each task has k selectors. A selector writes an expert's number in binary: bit j is S(z_j), S a smooth step that is exactly 0 or
1 outside ±gamma / 2, so that a selector comes to choose one expert and gradients stop; q = sum_i softmax(alpha)_i r(z_i), with
r(z)_e = prod_j S(z_j)^{b_ej} (1 - S(z_j))^{1 - b_ej} (section 3.1).
Difference: no entropy penalty (the authors' own is optional).
"""

from core.errors import UserError
from core.experiment import Network
from core.network.graph import Graph
from core.network.selecting import Selection
from core.network.sharing._build import Builder, Inputs
from core.registry import Params as Base
from core.registry import param

TITLE = "Few experts for each task (DSelect-k)"
HELP = "As a mixture of experts with a gate per task, but each task comes to listen to a few of them alone."
ORDER = 9


class Params(Base):
    experts: int = param(4, "How many copies of the shared layers there are: 2, 4, 8 or 16.", ge=2, le=16)
    selectors: int = param(2, "How many experts a task may choose.", title="Choices of each task", ge=1, le=8, formula="k")
    gamma: float = param(
        1.0, "How soon a choice becomes final: the width of the smooth step.", title="Width of the step", ge=0.1, le=10.0,
        formula=r"\gamma",
    )  # fmt: skip
    by_row: bool = param(
        False, "Whether each row chooses for itself, or a task once for all rows.", title="Each row chooses for itself"
    )


def build(network: Network, params: Params, inputs: Inputs, outputs: dict[str, int]) -> Graph:
    made = Builder(network, inputs, outputs)
    made.needs_layers(TITLE)
    bits = params.experts.bit_length() - 1
    if 2**bits != params.experts:
        raise UserError(
            "The number of experts of DSelect-k should be 2, 4, 8 or 16.", f"{params.experts}", "Choose one of these."
        )
    bank, ends = made.stack("expert", made.start, network.trunk, copies=params.experts), []
    seen = made.widths[made.start]
    for task, column in enumerate(made.tasks):
        choice = Selection(f"gate{task}", column, params.selectors, bits, params.gamma, seen if params.by_row else 0)
        weights = made.add(choice, *([made.start] if params.by_row else []), owner=column)
        ends.append(made.mixture(f"mixture{task}", weights, {bank: params.experts}, column))
    made.towers(ends)
    return made.graph()

"""Progressive layered extraction (Tang, Liu, Zhao and Gong 2020, RecSys, doi:10.1145/3383313.3412236, section 4.2).

CGC layer upon layer: at each shared layer there are experts for all and experts for each task, one layer deep; gates mix them,
each task's over the shared and its own, a shared one over all, and hand the mixtures on. The gates of a level see what its
experts see. At the last level there is no shared gate.
"""

from core.experiment import Network
from core.network.graph import Graph
from core.network.parameters import SHARED
from core.network.sharing._build import Builder, Inputs
from core.network.sharing.cgc import Params as Params

TITLE = "Experts in levels (PLE)"
HELP = "As CGC, but with gates after every shared layer: tasks part from each other step by step."
ORDER = 8


def build(network: Network, params: Params, inputs: Inputs, outputs: dict[str, int]) -> Graph:
    made = Builder(network, inputs, outputs)
    made.needs_layers(TITLE)
    common, ends, shared = made.start, [made.start] * len(made.tasks), params.experts
    for level, layer in enumerate(network.trunk):
        left = (
            len(network.trunk) - 1 - level
        )  # levels; others hear of a task's experts at the next gate of all, of its gates later
        name = f"level{level}"
        bank = made.dense(f"{name}.expert", common, layer, bent=made.bent, copies=shared)
        own: list[dict[int, int]] = [{} for _ in made.tasks]
        if params.own:
            for task, column in enumerate(made.tasks):
                owner = SHARED if left else column
                one = made.dense(f"{name}.expert{task}", ends[task], layer, owner, made.bent, params.own)
                own[task] = {one: params.own}
        mixed = []
        for task, column in enumerate(made.tasks):
            owner, banks = SHARED if left > 1 else column, {bank: shared, **own[task]}
            weights = made.gate(f"{name}.gate{task}", ends[task], sum(banks.values()), owner)
            mixed.append(made.mixture(f"{name}.mixture{task}", weights, banks, owner))
        if left:
            banks = {bank: shared} | {value: copies for each in own for value, copies in each.items()}
            common = made.mixture(f"{name}.mixture", made.gate(f"{name}.gate", common, sum(banks.values())), banks)
        ends = mixed
    made.towers(ends)
    return made.graph()

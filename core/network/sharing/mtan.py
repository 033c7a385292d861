"""Attention over shared features, MTAN (Liu, Johns and Davison 2019, CVPR, arXiv:1803.10704), in a form for tables.

Every task looks at each shared layer u_j through a mask of its own: a_j = sigmoid(h_j(g_j([u_j, â_{j-1}]))), â_j = a_j * u_j.
Its tower begins with the last â_j. Difference: g and h are matrices instead of 1 x 1 convolutions, g has the shared layer's
activation, and nothing is pooled between layers.
"""

from core.experiment import Layer, Network
from core.network.graph import Graph
from core.network.mixing import Masked, Sigmoid
from core.network.sharing._build import Builder, Inputs
from core.registry import Params as Params

TITLE = "Attention over shared layers (MTAN)"
HELP = "All tasks share the layers, and each looks at them through a mask that it learns: unit by unit, row by row."
ORDER = 10


def build(network: Network, params: Params, inputs: Inputs, outputs: dict[str, int]) -> Graph:
    made = Builder(network, inputs, outputs)
    made.needs_layers(TITLE)
    shared = [made.start]
    for at, layer in enumerate(network.trunk):
        shared.append(made.dense(f"trunk.{at}", shared[-1], layer, bent=made.bent))
    ends = []
    for task, column in enumerate(made.tasks):
        seen: list[int] = []
        for at, (layer, value) in enumerate(zip(network.trunk, shared[1:], strict=True)):
            name = f"mask{task}.{at}"
            plain = Layer(width=layer.width, activation=layer.activation)
            both = made.joined(f"{name}.join", [value, *seen], column)
            hidden = made.dense(f"{name}.in", both, plain, column, made.bent)
            logits = made.dense(f"{name}.out", hidden, Layer(width=layer.width), column)
            mask = made.then(Sigmoid(name), logits, owner=column)
            seen = [made.then(Masked(f"{name}.seen"), mask, value, owner=column)]
        ends += seen
    made.towers(ends)
    return made.graph()

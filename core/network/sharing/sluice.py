"""Sluice networks (Ruder, Bingel, Augenstein and Søgaard 2017, arXiv:1705.08142): cross-stitch by parts of a layer, and skips.

The units of each task's layer are cut into subspaces, and every subspace of every task mixes with all others after each layer
(alpha, equation 3); a penalty keeps the subspaces of a layer from seeing the same (equation 5). What a task hands to its tower
is a learned mixture of its layers (beta, equation 4). Difference: beta mixes those layers that are as wide as the last.
"""

from core.errors import UserError
from core.experiment import Network
from core.network.graph import Graph
from core.network.mixing import Blend, Stitch
from core.network.parameters import SHARED, Spec
from core.network.sharing._build import Builder, Inputs
from core.network.ties import Apart
from core.registry import Params as Base
from core.registry import param

TITLE = "Sluice"
HELP = "As cross-stitch, but by parts of each layer: a task may share one part of what it finds and keep the others."
ORDER = 4
LIVE = ("apart",)


class Params(Base):
    keep: float = param(
        0.9, "How much of its own a task keeps at a stitch at first.", title="Kept of its own at first", ge=0.0, le=1.0,
        step=0.05, formula=r"\alpha_{ii}",
    )  # fmt: skip
    subspaces: int = param(2, "Into how many parts each layer is cut.", title="Parts of each layer", ge=1, le=4)
    apart: float = param(
        0.0, "How strongly the parts of a layer are kept from seeing the same.", title="Keep the parts different", ge=0.0,
        le=100.0,
    )  # fmt: skip
    skips: bool = param(
        True, "Whether a task may take from all of its layers, not from the last alone.", title="Take from all layers",
        formula=r"\beta",
    )  # fmt: skip


def build(network: Network, params: Params, inputs: Inputs, outputs: dict[str, int]) -> Graph:
    made = Builder(network, inputs, outputs)
    made.needs_layers(TITLE)
    value, layers = made.start, []
    for at, layer in enumerate(network.trunk):
        if layer.width % params.subspaces:
            raise UserError(
                f"The units of every shared layer should part into {params.subspaces} equal subspaces.",
                f"{layer.width} in shared layer {at + 1}",
                "Change the number of units or of subspaces.",
            )
        value = made.dense(f"own.{at}", value, layer, bent=made.bent, copies=len(made.tasks))
        value = made.then(Stitch(f"stitch.{at}", SHARED, len(made.tasks), params.keep, params.subspaces), value)
        layers.append(made.parts(f"own.{at}.", value))
    ends = []
    for task, column in enumerate(made.tasks):
        own = [parts[task] for parts in layers]
        alike = [each for each in own if made.widths[each] == made.widths[own[-1]]]
        blends = params.skips and len(alike) > 1
        ends.append(made.then(Blend(f"skip{task}", column, len(alike)), *alike, owner=column) if blends else own[-1])
    made.towers(ends)
    if not params.apart or params.subspaces == 1:
        return made.graph()
    return made.graph(lambda specs: Apart(_matrices(specs), params.subspaces, params.apart))


def _matrices(specs: tuple[Spec, ...]) -> list[int]:
    return [place for place, spec in enumerate(specs) if spec.name.startswith("own.") and spec.matrix]

"""Sharing architectures, one file each: which parameters tasks have in common. Knows nothing of losses.

Contract: `TITLE`, `HELP`, `Params`, and `build(network, params, inputs, outputs) -> Graph`: `inputs` features, words, `outputs`
the numbers per task (column -> count). It begins with `Builder.start`, the features or what is read of texts. The document's
shared layers (`trunk`) say how deep and wide the shared part is, whatever becomes of it: one for all, experts, one for each
task. `LIVE`, if there: parameters that may change while it trains.
"""

from core.experiment import Network
from core.network.graph import Graph
from core.network.parameters import SHARED, Spec
from core.network.sharing._build import Inputs
from core.registry import Registry

SHARING = Registry("core.network.sharing", "sharing architecture", ("build",))


def build(network: Network, inputs: int, outputs: dict[str, int], words: int = 0) -> Graph:
    """The architecture of the document. inputs: features of a table; words: of how many the texts beside it are, 0 without.

    Raises `UserError` for unknown names or parameters, or layers that do not fit it.
    """
    module, params = SHARING.resolve(network.sharing.name, network.sharing.params)
    return module.build(network, params, Inputs(inputs, words), outputs)


def shared(specs: tuple[Spec, ...]) -> int:
    """How many of the specs, from the first, are shared."""
    return sum(spec.owner == SHARED for spec in specs)

"""Sequential heads: what one task says feeds the next, in the order of the tasks.

As in Søgaard and Goldberg 2016 (ACL) and Hashimoto, Xiong, Tsuruoka and Socher 2017 (arXiv:1611.01587). A task's tower begins
with what the trunk hands on, beside the outputs of all tasks before it (logits, or the standardised value).
"""

from core.experiment import Network
from core.network.graph import Graph
from core.network.mixing import Stop
from core.network.parameters import SHARED
from core.network.sharing._build import Builder, Inputs
from core.registry import Params as Base
from core.registry import param

TITLE = "One task feeds the next"
HELP = (
    "All tasks share the first layers; each also sees what the tasks before it have said. They come in the order in which they "
    "were marked on the page Data. Layers that a later task teaches too count as shared."
)
ORDER = 11


class Params(Base):
    flow: bool = param(
        True, "Whether a task also teaches those before it, by whose answers it goes.", title="Later tasks teach earlier ones"
    )


def build(network: Network, params: Params, inputs: Inputs, outputs: dict[str, int]) -> Graph:
    made = Builder(network, inputs, outputs)
    trunk = made.stack("trunk", made.start, network.trunk)
    said: list[int] = []
    for task, column in enumerate(made.tasks):
        heard = said if params.flow else [
            made.then(Stop(f"heard{task}.{other}"), value, owner=column) for other, value in enumerate(said)
        ]  # fmt: skip
        taught = params.flow and task < len(made.tasks) - 1
        owner = SHARED if taught else column
        start = made.joined(f"join{task}", [trunk, *heard], owner)
        said.append(made.tower(column, start, owner))
    return made.graph()

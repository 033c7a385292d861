"""Separate networks: every task has the trunk's layers for itself. Nothing is shared: what single-task learning is."""

from core.experiment import Network
from core.network.graph import Graph
from core.network.sharing._build import Builder, Inputs
from core.registry import Params as Params

TITLE = "Separate networks"
HELP = "Every task has a network of its own and learns alone: what sharing is to be compared with."
ORDER = 1


def build(network: Network, params: Params, inputs: Inputs, outputs: dict[str, int]) -> Graph:
    made = Builder(network, inputs, outputs)
    made.towers(alone(made))
    return made.graph()


def alone(made: Builder) -> list[int]:
    """A trunk of its own for each task: what it ends with."""
    return [made.stack(f"own{task}", made.start, made.network.trunk, column) for task, column in enumerate(made.tasks)]

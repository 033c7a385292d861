"""Hard parameter sharing (Caruana 1997, "Multitask learning", Machine Learning 28): one trunk for all tasks, then a tower each.

A task may branch off earlier: after as many of the trunk's layers as `branch` says. A layer that only one of several tasks
goes through is its own.
"""

from typing import Annotated

from pydantic import Field

from core.errors import UserError
from core.experiment import MAX_LAYERS, Network
from core.network.graph import Graph
from core.network.parameters import SHARED
from core.network.sharing._build import Builder, Inputs
from core.registry import Params as Base
from core.registry import param

TITLE = "Hard sharing"
HELP = "All tasks go through the same first layers (the trunk), then each through layers of its own (its tower)."
ORDER = 0


class Params(Base):
    branch: dict[str, Annotated[int, Field(ge=0, le=MAX_LAYERS)]] = param(
        {}, "After how many of the shared layers a task branches off; after the last where none is given."
    )


def build(network: Network, params: Params, inputs: Inputs, outputs: dict[str, int]) -> Graph:
    made = Builder(network, inputs, outputs)
    reach = branches(params, len(network.trunk), made.tasks)
    values = [made.start]
    for at, layer in enumerate(network.trunk):
        through = [column for column in made.tasks if reach[column] > at]
        owner = through[0] if len(through) == 1 < len(made.tasks) else SHARED
        values.append(made.dense(f"trunk.{at}", values[-1], layer, owner, made.bent))
    made.towers([values[reach[column]] for column in made.tasks])
    return made.graph()


def branches(params: Params, depth: int, tasks: tuple[str, ...]) -> dict[str, int]:
    """Through how many shared layers each task goes. Raises `UserError` for what is no task, no layer, or a layer of nobody."""
    stray = next((column for column in params.branch if column not in tasks), None)
    if stray is not None:
        raise UserError("A branch should belong to a task.", f"“{stray}”, which is no task", f"Tasks are: {', '.join(tasks)}.")
    reach = {column: params.branch.get(column, depth) for column in tasks}
    far = next((column for column, layers in reach.items() if layers > depth), None)
    if far is not None:
        raise UserError(
            f"“{far}” should branch off after at most {depth} shared layers.", f"{reach[far]}", "Let it branch off earlier."
        )
    if tasks and max(reach.values()) < depth:
        raise UserError(
            "Every shared layer should be used by some task.",
            f"none that goes through shared layer {max(reach.values()) + 1}",
            "Remove that layer, or let a task branch off later.",
        )
    return reach

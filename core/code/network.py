"""The network as a `torch.nn.Module`: a trunk, and a tower for each task; of other architectures, step by step (`graph`).

Knows nothing of losses, training or the data.
"""

from collections.abc import Sequence
from functools import partial

from core.code.graph import graph_text
from core.code.text import keys, quoted, written
from core.errors import UserError
from core.experiment import Choice, Experiment, Layer
from core.network.activations import ACTIVATIONS
from core.network.graph import Graph
from core.network.sharing import build

OTHERWISE = "# What follows is hard sharing: “{name}” is not written here.\n"


def network_text(experiment: Experiment, n_features: int, outputs: dict[str, int]) -> str:
    """The class `Network`, from rows of features to a dict of answers by column, as Python text."""
    sharing = experiment.network.sharing
    if sharing.name == "hard" and not sharing.params.get("branch"):
        return _hard(experiment, n_features, outputs)
    graph = graph_of(experiment, n_features, outputs)
    text = graph and graph_text(experiment, graph, partial(_modules, experiment.network.nonlinear))
    return text or OTHERWISE.format(name=quoted(sharing.name)[1:-1]) + _hard(experiment, n_features, outputs)


def graph_of(experiment: Experiment, n_features: int, outputs: dict[str, int]) -> Graph | None:
    """The steps of the network; None of one that cannot be built."""
    try:
        return build(experiment.network, n_features, {column: outputs[column] for column in experiment.columns})
    except UserError:
        return None


def _hard(experiment: Experiment, n_features: int, outputs: dict[str, int]) -> str:
    network, names = experiment.network, keys(experiment.columns)
    width = network.trunk[-1].width if network.trunk else n_features
    lines = [
        "class Network(torch.nn.Module):",
        "    def __init__(self):",
        "        super().__init__()",
        *_sequential("self.trunk = ", "", network.trunk, n_features, network.nonlinear, 8),
        "        self.towers = torch.nn.ModuleDict({",
    ]
    for column in experiment.columns:
        start = f"{quoted(names[column])}: "
        lines += _sequential(start, ",", experiment.tower(column), width, network.nonlinear, 12, outputs[column])
    lines += ["        })", "", "    def forward(self, x):", "        shared = self.trunk(x)", "        return {"]
    for task in experiment.tasks:
        squeeze = "" if task.kind == "multiclass" else ".squeeze(-1)"
        lines.append(f"            {quoted(task.column)}: self.towers[{quoted(names[task.column])}](shared){squeeze},")
    return "\n".join([*lines, "        }"])


def _sequential(
    start: str, end: str, layers: Sequence[Layer], inputs: int, nonlinear: bool, indent: int, outputs: int = 0
) -> list[str]:
    """The lines of one `torch.nn.Sequential`; `outputs` of a task, 0 for the trunk."""
    modules = []
    for layer in layers:
        modules += _modules(nonlinear, layer, inputs)
        inputs = layer.width
    if outputs:
        modules.append(f"torch.nn.Linear({inputs}, {outputs}),")
    pad = " " * indent
    if len(modules) < 2:
        return [f"{pad}{start}torch.nn.Sequential({''.join(modules).rstrip(',')}){end}"]
    return [f"{pad}{start}torch.nn.Sequential(", *(f"{pad}    {module}" for module in modules), f"{pad}){end}"]


def _modules(nonlinear: bool, layer: Layer, inputs: int) -> list[str]:
    """The lines of one layer."""
    steps = [f"torch.nn.BatchNorm1d({layer.width}),"] * layer.batch_norm
    steps += [_activation(layer.activation)] * nonlinear
    dropout = [f"torch.nn.Dropout({layer.dropout!r}),"] if layer.dropout else []
    return [f"torch.nn.Linear({inputs}, {layer.width}),", *(reversed(steps) if layer.norm_last else steps), *dropout]


def _activation(choice: Choice) -> str:
    text = written(ACTIVATIONS, choice)
    return f"{text}," if text else f"torch.nn.Identity(),  # here: {choice.name}, which torch has no module for"

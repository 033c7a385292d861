"""The network of any architecture as a `torch.nn.Module`: a module for each step with parameters, and the steps in their order.

Knows nothing of which architecture it is, nor of losses, training or the data. Copies of a layer are a list of modules, and
what they give is stacked: `[copy, row, unit]`.
"""

from collections.abc import Callable
from typing import Any

import torch

from core.code.text import quoted
from core.experiment import Experiment, Layer
from core.network.graph import FEATURES, Graph, Step
from core.network.layer import Dense
from core.network.mixing import Blend, Join, Masked, Mixture, Part, Sigmoid, Softmax, Stitch, Stop
from core.network.selecting import Selection

Modules = Callable[[Layer, int], list[str]]
SELECT = '''def select(z, alpha, bits, gamma):
    """Weights [row, expert]: each selector writes an expert's number in binary, by a smooth step (DSelect-k)."""
    t = (z.unflatten(-1, (-1, bits)) / gamma).clamp(-0.5, 0.5)
    step = (-2 * t**3 + 1.5 * t + 0.5).unsqueeze(-2)
    ones = ((torch.arange(2**bits).unsqueeze(1) >> torch.arange(bits)) & 1).bool()
    return (alpha.softmax(-1).unsqueeze(-1) * torch.where(ones, step, 1 - step).prod(-1)).sum(-2)'''


def graph_text(experiment: Experiment, graph: Graph, modules: Modules) -> str | None:
    """The class `Network`, from rows of features to a dict of answers by column; None where it has steps that are not written.

    modules: the lines of a layer of so many inputs, one module each, each with a comma at its end.
    """
    names = {FEATURES: "x"} | {step.place: step.node.name.replace(".", "_") for step in graph.steps}
    banks: set[int] = set()
    made: list[str] = []
    ways: list[str] = []
    for step in graph.steps:
        told = _step(step, names, banks, modules)
        if told is None:
            return None
        made += told[0]
        ways.append(f"{names[step.place]} = {told[1]}")
    answers = []
    for task in experiment.tasks:
        squeeze = "" if task.kind == "multiclass" else ".squeeze(-1)"
        answers.append(f"    {quoted(task.column)}: {names[graph.outputs[task.column]]}{squeeze},")
    lines = [
        *([SELECT, "", ""] if any(isinstance(step.node, Selection) for step in graph.steps) else []),
        "class Network(torch.nn.Module):",
        "    def __init__(self):",
        "        super().__init__()",
        *(f"        {line}" for line in made),
        "",
        "    def forward(self, x):",
        *(f"        {line}" for line in (*ways, "return {", *answers, "}")),
    ]
    return "\n".join(lines)


def _step(step: Step, names: dict[int, str], banks: set[int], modules: Modules) -> tuple[list[str], str] | None:
    """What a step needs in `__init__`, and what it computes; notes which values are banks of copies."""
    node: Any = step.node
    name, given = names[step.place], [names[place] for place in step.inputs]
    if isinstance(node, Dense):
        lines = modules(node.layer, node.specs[0].shape[-2])
        if node.is_output:
            lines = lines[:1]
        if not node.copies:
            return _assigned(f"self.{name} = ", lines), f"self.{name}({given[0]})"
        banks.add(step.place)
        copies = _assigned("", lines)
        copies[-1] += f" for _ in range({node.copies})"
        each = f"layer(each) for layer, each in zip(self.{name}, {given[0]})"
        every = each if step.inputs[0] in banks else f"layer({given[0]}) for layer in self.{name}"
        listed = [f"self.{name} = torch.nn.ModuleList([", *(f"    {line}" for line in copies), "])"]
        return listed, f"torch.stack([{every}])"
    if isinstance(node, Mixture):
        experts = given[1] if len(given) == 2 else f"torch.cat([{', '.join(given[1:])}])"
        return [], f"({given[0]}.T.unsqueeze(-1) * {experts}).sum(0)"
    if isinstance(node, Stitch):
        banks.add(step.place)
        return _stitch(node, name, given[0])
    if isinstance(node, Blend):
        begin = [float(weight) for weight in node.begin[0]]
        weighed = f"sum(weight * value for weight, value in zip(self.{name}, ({', '.join(given)})))"
        return [f"self.{name} = torch.nn.Parameter(torch.tensor({begin}))"], weighed
    if isinstance(node, Selection):
        return _selection(node, name, given)
    plain = {
        Softmax: "{0}.softmax(-1)",
        Sigmoid: "{0}.sigmoid()",
        Stop: "{0}.detach()",
        Masked: "{0} * {1}",
        Part: f"{{0}}[{getattr(node, 'which', 0)}]",
        Join: f"torch.cat([{', '.join(given)}], -1)",
    }.get(type(node))
    return None if plain is None else ([], plain.format(*given))


def _assigned(start: str, lines: list[str]) -> list[str]:
    if len(lines) == 1:
        return [start + lines[0].split("  #")[0].rstrip(",")]
    return [f"{start}torch.nn.Sequential(", *(f"    {line}" for line in lines), ")"]


def _stitch(node: Stitch, name: str, bank: str) -> tuple[list[str], str]:
    """The matrix is kept flat: penalties act on matrices of layers alone."""
    whole = node.begin[:: node.groups, :: node.groups]
    keep, rest = float(whole[0, 0]), float(whole[0, -1]) if node.copies > 1 else 0.0
    begin = f"torch.full(({node.copies}, {node.copies}), {round(rest, 7)!r}).fill_diagonal_({round(keep, 7)!r})"
    if node.groups > 1:
        begin = f"torch.kron({begin}, torch.eye({node.groups}))"
    mixed = f'torch.einsum("ij,jru->iru", self.{name}.view({node.size}, {node.size}), {{}})'
    made = [f"self.{name} = torch.nn.Parameter({begin}.flatten())"]
    if node.groups == 1:
        return made, mixed.format(bank)
    parts = f"{bank}.unflatten(-1, ({node.groups}, -1)).transpose(1, 2).flatten(0, 1)"
    return made, f"{mixed.format(parts)}.unflatten(0, ({node.copies}, {node.groups})).transpose(1, 2).flatten(2)"


def _selection(node: Selection, name: str, given: list[str]) -> tuple[list[str], str]:
    made = []
    for spec, what in zip(node.specs, ("bits", "shares"), strict=True):
        size = ", ".join(map(str, spec.shape if node.inputs else spec.shape[-1:]))
        spread = float(torch.tensor(spec.spread))
        made.append(f"self.{name}_{what} = torch.nn.Parameter(torch.empty({size}).uniform_({-spread:.6g}, {spread:.6g}))")
    if node.inputs:
        z, alpha = (f"{given[0]} @ self.{name}_{what}" for what in ("bits", "shares"))
    else:
        z, alpha = (f"self.{name}_{what}.unsqueeze(0)" for what in ("bits", "shares"))
    return made, f"select({z}, {alpha}, {node.bits}, {node.gamma!r})"


def pull_text(graph: Graph) -> str:
    """The function `pull`, which draws the tasks' own copies of layers together after each step; "" where nothing does."""
    from core.network.ties import Distance, TraceNorm

    ties = graph.ties
    if not isinstance(ties, Distance | TraceNorm):
        return ""
    tasks = len(graph.outputs)
    places = sorted({step.node.name.split(".")[1] for step in graph.steps if step.node.name.startswith("own0.")}, key=int)
    layers = ", ".join(f"({', '.join(f'model.own{task}_{at}' for task in range(tasks))})" for at in places)
    lines = [
        "def pull(model, rate):",
        '    """Draws the tasks\' copies of each shared layer together, after a step of this learning rate."""',
        "    with torch.no_grad():",
        f"        for layers in [{layers}]:",
        "            for alike in zip(*(layer.parameters() for layer in layers)):",
        "                stack = torch.stack([each.flatten() for each in alike])",
    ]
    if isinstance(ties, Distance):
        lines += [
            "                mean = stack.mean(0)",
            f"                stack = mean + (stack - mean) / (1 + rate * {ties.strength!r} * {tasks})",
        ]
    else:
        lines += [
            "                left, values, right = torch.linalg.svd(stack, full_matrices=False)",
            f"                stack = left @ ((values - rate * {ties.strength!r}).clamp(min=0).unsqueeze(1) * right)",
        ]
    lines += [
        "                for each, row in zip(alike, stack):",
        "                    each.copy_(row.view_as(each))",
    ]
    return "\n".join(lines)

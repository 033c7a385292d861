"""The tasks' losses and their weights, by column. Knows nothing of the network that they judge, nor of its training."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
import torch

from core.code.text import listed, quoted
from core.experiment import Experiment, Task
from core.losses import loss_of
from core.weighting import SCHEMES, Dice, Signal, tree_of

PLAINEST = {
    "binary": "torch.nn.BCEWithLogitsLoss()",
    "multiclass": "torch.nn.CrossEntropyLoss()",
    "regression": "torch.nn.MSELoss()",
}

STAY = ("equal", "fixed")
"""Schemes whose weights stay as they are."""


def losses_text(experiment: Experiment, outputs: dict[str, int], counts: Mapping[str, Sequence[float]]) -> str:
    """`LOSSES`, `ANSWERS` where there are any, and `WEIGHTS`, as Python text. counts: by column what losses are told."""
    lines = ["LOSSES = {"]
    for task in experiment.tasks:
        text, note = _loss(task, outputs[task.column], counts.get(task.column))
        lines.append(f"    {quoted(task.column)}: {text},{note}")
    weights, note = _weights(experiment)
    lines += [
        "}",
        *_answers(experiment, counts),
        f"WEIGHTS = {listed((f'{quoted(column)}: {weight!r}' for column, weight in weights.items()), '{}')}{note}",
    ]
    return "\n".join(lines)


def _loss(task: Task, outputs: int, counts: Sequence[float] | None) -> tuple[str, str]:
    module, params = loss_of(task)
    if hasattr(module, "torch_code"):
        text = module.torch_code(params, task.kind, _tensor(counts))
    elif hasattr(module, "TORCH"):
        text = module.TORCH.format(**params.model_dump())
    else:
        return PLAINEST[task.kind], f"  # here: {module.TITLE}, which torch has no module for"
    return _filled(text, outputs)


def _tensor(counts: Sequence[float] | None) -> torch.Tensor | None:
    return torch.tensor(counts, dtype=torch.float32) if counts else None


def _filled(text: str, outputs: int) -> tuple[str, str]:
    """Ones for what only the rows could tell, and a remark that says so."""
    note = ""
    for name, size, what in (
        ("class_weights", max(outputs, 2), "balanced: put the weights of your rows"),
        ("yes_weight", 1, "balanced: put the weights of your rows"),
        ("mean_over_spread", 1, "counts: put mean / standard deviation of your answers"),
    ):
        filled = re.sub(rf"\b{name}\b", f"torch.ones({size})", text)
        note, text = f"  # {what} in place of the ones" if filled != text else note, filled
    return text, note


def _answers(experiment: Experiment, counts: Mapping[str, Sequence[float]]) -> list[str]:
    """`ANSWERS`, where a loss takes the outputs for something else than a value or logits."""
    lines = []
    for task in experiment.tasks:
        module, params = loss_of(task)
        if hasattr(module, "torch_answer"):
            text, _ = _filled(module.torch_answer(params, task.kind, _tensor(counts.get(task.column))), 1)
            lines.append(f"    {quoted(task.column)}: {text},")
    about = "what these outputs stand for: a standardised answer, or logs of the classes' probabilities"
    return [f"ANSWERS = {{  # {about}", *lines, "}"] if lines else []


def _weights(experiment: Experiment) -> tuple[dict[str, float], str]:
    """Each task's weight, and a remark where the scheme finds new ones at each step: this text keeps them all at 1."""
    tree, columns = tree_of(experiment), experiment.columns
    fading = " and ".join(quoted(task.column) for task in experiment.tasks if task.fade)
    faded = f"  # here: that of {fading} fades out; this code keeps it" if fading else ""
    choices = (experiment.weighting, *(group.weighting for group in experiment.groups))
    moving = [choice for choice in choices if choice.name not in STAY]
    if not moving:
        alike = Signal(np.ones((1, len(columns))), None, None, None, 0, 0, Dice(0, [0]))
        return dict(zip(columns, tree.weigh(tree.init(1), alike).weights[0].tolist(), strict=True)), faded
    titles = " and ".join(dict.fromkeys(SCHEMES[choice.name].TITLE for choice in moving))
    where, by = " in groups of tasks" if experiment.groups else "", "the tasks' gradients" if tree.balances else "the losses"
    remark = f"  # here: {titles}{where}, which find new ones from {by} at each step; this code does not"
    return dict.fromkeys(columns, 1.0), remark if experiment.groups else remark.replace("which find ", "which finds ")

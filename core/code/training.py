"""The training loop: batches, objective, penalties, optimizer, schedule.

Knows nothing of where rows come from, and of network, losses and weights only the names that they go by in the text.
"""

from core.code.text import written
from core.experiment import Experiment
from core.training.optimizers import OPTIMIZERS
from core.training.schedules import SCHEDULES


def training_text(experiment: Experiment) -> str:
    """The function `train`, and `penalty` where there is one, as Python text."""
    training = experiment.training
    choice = training.optimizer
    optimizer = written(OPTIMIZERS, choice, rate=training.learning_rate)
    remark = "" if optimizer else f"  # here: {choice.name}, which torch.optim has no class for"
    schedule = written(SCHEDULES, training.schedule, steps="steps") if training.schedule.name != "constant" else None
    waiting = training.schedule.name != "constant" and not schedule
    batch = "len(features)" if training.batch_size is None else str(training.batch_size)
    penalty = _penalty(training.l1, training.l2)
    needs_two = any(
        layer.batch_norm
        for layers in (experiment.network.trunk, *map(experiment.tower, experiment.columns))
        for layer in layers
    )
    step = [
        "outputs = model(features[rows])",
        f"total = {'penalty(model)' if penalty else '0.0'}  # the sum over tasks of weight times loss",
        "for task, loss in LOSSES.items():",
        "    known = labelled[task][rows]",
        "    if known.any():  # a row without an answer still trains the other tasks",
        "        total = total + WEIGHTS[task] * loss(outputs[task][known], answers[task][rows][known])",
        *([] if penalty else ["if not torch.is_tensor(total):", "    continue  # no row of this batch has an answer"]),
        "optimizer.zero_grad()",
        "total.backward()",
        *([f"torch.nn.utils.clip_grad_norm_(model.parameters(), {training.clip!r})"] if training.clip else []),
        "optimizer.step()",
        *(["schedule.step()"] if schedule else []),
    ]
    if needs_two:
        step[:0] = ["if len(rows) < 2:", "    continue  # batch norm needs two rows"]
    lines = [
        *penalty,
        f"def train(model, features, answers, labelled, epochs={training.epochs}, seed={experiment.seed}):",
        '    """features [row, feature]; by task: answers and labelled (has it one?) [row]. Each epoch\'s mean objective."""',
        f"    optimizer = {optimizer or f'torch.optim.Adam(model.parameters(), lr={training.learning_rate})'}{remark}",
        *([f"    # here: the learning rate follows the schedule {training.schedule.name}"] if waiting else []),
        f"    size = {batch}",
        *(["    steps = epochs * -(-len(features) // size)", f"    schedule = {schedule}"] if schedule else []),
        "    generator = torch.Generator().manual_seed(seed)",
        "    history = []",
        "    for _ in range(epochs):",
        "        objectives = []",
        "        for rows in torch.randperm(len(features), generator=generator).split(size):",
        *(f"            {line}" for line in step),
        "            objectives.append(total.item())",
        "        history.append(sum(objectives) / max(len(objectives), 1))",
        "    return history",
    ]
    return "\n".join(lines)


def _penalty(l1: float, l2: float) -> list[str]:
    if not (l1 or l2):
        return []
    terms = [f"{l2 / 2!r} * weight.square().sum()"] * bool(l2) + [f"{l1!r} * weight.abs().sum()"] * bool(l1)
    return [
        "def penalty(model):",
        '    """On the matrices; biases and norms are left alone."""',
        f"    return sum({' + '.join(terms)} for weight in model.parameters() if weight.dim() == 2)",
        "",
        "",
    ]

"""The training loop: batches, objective, penalties, optimizer, schedule.

Knows nothing of where rows come from, and of network, losses and weights only the names that they go by in the text.
"""

from core.code.text import written
from core.experiment import Experiment, Timeline
from core.training.optimizers import OPTIMIZERS
from core.training.schedules import SCHEDULES


def training_text(experiment: Experiment, pulls: bool = False) -> str:
    """The function `train`, and `penalty` where there is one, as Python text. pulls: it calls `pull` after every step."""
    training = experiment.training
    choice = training.optimizer
    optimizer = written(OPTIMIZERS, choice, rate=training.learning_rate)
    remark = "" if optimizer else f"  # here: {choice.name}, which torch.optim has no class for"
    schedule = written(SCHEDULES, training.schedule, steps="steps") if training.schedule.name != "constant" else None
    waiting = training.schedule.name != "constant" and not schedule
    batch = "len(features)" if training.batch_size is None else str(training.batch_size)
    penalty = _penalty(experiment)
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
        *(['pull(model, optimizer.param_groups[0]["lr"])'] if pulls else []),
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
        *_unwritten(experiment),
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


def _unwritten(experiment: Experiment) -> list[str]:
    """Remarks on which task trains when, where this is not the usual."""
    chosen = experiment.sampling.name
    found = []
    if chosen != "all":
        found.append(
            f"    # here: each batch trains one task, by the policy {chosen}; this code trains all tasks on every batch"
        )
    if experiment.timeline != Timeline():
        found.append("    # here: a timeline says which task is trained when; this code trains all of them all the time")
    return found


def _penalty(experiment: Experiment) -> list[str]:
    """Tasks' own layers may have penalties of their own; told apart by name, which only hard sharing's towers have."""
    training = experiment.training
    shared = training.l1, training.l2
    own = tuple(all_ if one is None else one for all_, one in zip(shared, (training.own_l1, training.own_l2), strict=True))
    if not any((*shared, *own)):
        return []
    head = ["def penalty(model):", '    """On the matrices; biases and norms are left alone."""']
    if own == shared:
        return [*head, f"    return sum({_terms(*shared)} for weight in model.parameters() if weight.dim() == 2)", "", ""]
    sharing = experiment.network.sharing
    if sharing.name != "hard" or sharing.params.get("branch"):
        remark = f"    # here: the tasks' own layers have others, L1 {own[0]!r} and L2 {own[1]!r}; this code has one for all"
        return [
            *head,
            remark,
            f"    return sum({_terms(*shared)} for weight in model.parameters() if weight.dim() == 2)",
            "",
            "",
        ]
    return [
        *head,
        "    matrices = [(name, weight) for name, weight in model.named_parameters() if weight.dim() == 2]",
        f"    shared = sum({_terms(*shared)} for name, weight in matrices if not name.startswith('towers.'))",
        f"    return shared + sum({_terms(*own)} for name, weight in matrices if name.startswith('towers.'))",
        "",
        "",
    ]


def _terms(l1: float, l2: float) -> str:
    terms = [f"{l2 / 2!r} * weight.square().sum()"] * bool(l2) + [f"{l1!r} * weight.abs().sum()"] * bool(l1)
    return " + ".join(terms) or "0.0"

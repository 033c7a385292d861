"""The network of a document, and its training, as plain PyTorch that anyone can read and run.

Knows nothing of this app's own layers and training: the text imports only torch, and pandas and scikit-learn where it
reads a CSV file. Names of columns come from strangers; they appear as string literals only, and never in a comment.

Plug-ins say how they are written in PyTorch, by a template `TORCH` filled in with their parameters, or by a function
`torch_code`, which wins:

- activation: a module; `TORCH = "torch.nn.LeakyReLU({slope})"`, `torch_code(params)`;
- task loss: something called with (output, answer); both are `[row]`, or for several classes the output `[row, class]`
  and the answer class numbers; `torch_code(params, kind, counts)`. Without counts of rows per class, `class_weights` and
  `yes_weight` in it stand for tensors;
- optimizer: `TORCH = "torch.optim.SGD(model.parameters(), lr={rate})"`, with {rate} the learning rate;
- schedule: a scheduler of `optimizer`, moved every step, with {steps} the number of steps: `torch_code(params)`.

Where a plug-in says nothing, the text says that it does not and takes the plainest thing in its place.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from core.data.inputs import MISSING
from core.data.read import EMPTY
from core.data.values import label
from core.experiment import Choice, Experiment, Layer, Task
from core.losses import loss_of
from core.network.activations import ACTIVATIONS
from core.network.shapes import dims, shapes
from core.registry import Registry
from core.training.optimizers import OPTIMIZERS
from core.training.schedules import SCHEDULES
from core.weighting import SCHEMES

PLAINEST = {
    "binary": "torch.nn.BCEWithLogitsLoss()",
    "multiclass": "torch.nn.CrossEntropyLoss()",
    "regression": "torch.nn.MSELoss()",
}
RESERVED = frozenset(dir(torch.nn.ModuleDict()))
ORDER = (
    "# The inputs in the order in which the network gets them: numbers, yes/no, a feature per value of each category,\n"
    "# then which cells were empty."
)
IMPORTS = """import sys

import pandas as pd
import torch
from sklearn.compose import ColumnTransformer
from sklearn.impute import MissingIndicator, SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler"""
LOAD = '''def text(cell):
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))  # 3.0 and 3 are the same
    return str(cell).strip()


def places(cells, known=None):
    """The place [row] of each cell among the known values, by default all in their order; -1 where it is none."""
    by_size = lambda cell: cell.casefold() if isinstance(cell, str) else cell
    known = known or [text(cell) for cell in sorted(cells.dropna().unique(), key=by_size)]
    return pd.Categorical(cells.map(text, na_action="ignore"), categories=known).codes


def load(path):
    """A CSV file as train() takes it. All of its rows are trained on: keep some apart to judge the network by."""
    table = pd.read_csv(path, encoding="utf-8-sig", keep_default_na=False, na_values=EMPTY, low_memory=False)
    table.columns = [
        f"column {{i + 1}}" if name.startswith("Unnamed: ") else name.strip() for i, name in enumerate(table.columns)
    ]
    for column, marks in MISSING.items():
        table[column] = table[column].mask(table[column].map(text).isin(marks))
    table = table[table[list(LOSSES)].notna().any(axis=1)].copy()
    answers, labelled = {{}}, {{}}
    for task in LOSSES:
        if task in {numbers}:  # standardised; back in its units: answer * spread + mean
            cells = pd.to_numeric(table[task], errors="coerce")
            known, cells = cells.notna(), ((cells - cells.mean()) / (cells.std(ddof=0) or 1)).fillna(0)
            answers[task] = torch.tensor(cells.to_numpy(), dtype=torch.float32)
        else:
            cells = places(table[task], CLASSES.get(task))
            known, cells = cells >= 0, torch.tensor(cells, dtype=torch.int64).clamp(min=0)
            answers[task] = cells.float() if task in {yes_no} else cells
        labelled[task] = torch.tensor(list(known))
    for column in NUMBERS:
        table[column] = pd.to_numeric(table[column], errors="coerce")
    for column in YES_NO:
        found = pd.Series(places(table[column]), table.index, dtype="float64")
        table[column] = found.mask(found < 0)
    for column in CATEGORIES:
        table[column] = table[column].map(text, na_action="ignore").fillna("{missing}")
    encode = ColumnTransformer([
{encode}
    ], sparse_threshold=0)
    features = torch.tensor(encode.fit_transform(table), dtype=torch.float32)
    return features, answers, labelled'''


def pytorch(
    experiment: Experiment,
    n_features: int,
    outputs: dict[str, int],
    feature_names: Sequence[str] = (),
    counts: Mapping[str, Sequence[int]] | None = None,
    classes: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """Python text: the network, the tasks' losses, a training loop, and made-up rows to try it on or, for a file, its own rows.

    n_features, outputs (numbers per task, by column), feature_names: those of the prepared data. counts: labelled training
    rows per class, by column, for balanced losses. classes: names of the classes, by column (no first, yes second).
    Raises `UserError` for plug-ins or parameters that do not exist.
    """
    total = shapes(experiment, n_features, outputs).total
    table = _table(experiment, n_features, feature_names)
    known = {column: tuple(names) for column, names in (classes or {}).items() if names}
    head = [
        f'"""A network of {n_features} inputs, {len(outputs)} tasks, {total:,} parameters. Initial weights: PyTorch\'s own."""',
        IMPORTS if table else "import torch",
        *([f"{ORDER}\nFEATURES = {_listed(map(quoted, feature_names))}"] if feature_names else []),
        *([_columns(experiment, table, known)] if table else []),
    ]
    body = [
        _network(experiment, n_features, outputs),
        _losses(experiment, outputs, counts or {}),
        *([_load(experiment, table)] if table else []),
        _training(experiment),
        _trial(experiment, n_features, outputs, table is not None),
    ]
    return "\n\n".join(head) + "\n\n\n" + "\n\n\n".join(body) + "\n"


def quoted(text: str) -> str:
    """A string literal in double quotes where it can be. Whatever is in the text, it stays inside."""
    literal = repr(str(text))
    return f'"{literal[1:-1]}"' if literal[0] == "'" and not {'"', "\\"} & set(literal) else literal


def keys(columns: Sequence[str]) -> dict[str, str]:
    """A name for each column that `torch.nn.ModuleDict` takes: letters, digits, underscores, each once."""
    found: dict[str, str] = {}
    for i, column in enumerate(columns):
        key = re.sub(r"\W+", "_", column, flags=re.ASCII).strip("_")
        if not key or key in RESERVED or key in found.values() or key[0].isdigit():
            key = f"task_{i}_{key}".rstrip("_")
        found[column] = key
    return found


def _network(experiment: Experiment, n_features: int, outputs: dict[str, int]) -> str:
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
        modules.append(f"torch.nn.Linear({inputs}, {layer.width}),")
        if layer.batch_norm:
            modules.append(f"torch.nn.BatchNorm1d({layer.width}),")
        if nonlinear:
            modules.append(_activation(layer.activation))
        if layer.dropout:
            modules.append(f"torch.nn.Dropout({layer.dropout!r}),")
        inputs = layer.width
    if outputs:
        modules.append(f"torch.nn.Linear({inputs}, {outputs}),")
    pad = " " * indent
    if len(modules) < 2:
        return [f"{pad}{start}torch.nn.Sequential({''.join(modules).rstrip(',')}){end}"]
    return [f"{pad}{start}torch.nn.Sequential(", *(f"{pad}    {module}" for module in modules), f"{pad}){end}"]


def _activation(choice: Choice) -> str:
    text = _written(ACTIVATIONS, choice)
    return f"{text}," if text else f"torch.nn.Identity(),  # here: {choice.name}, which torch has no module for"


def _losses(experiment: Experiment, outputs: dict[str, int], counts: Mapping[str, Sequence[int]]) -> str:
    lines = ["LOSSES = {"]
    for task in experiment.tasks:
        text, note = _loss(task, outputs[task.column], counts.get(task.column))
        lines.append(f"    {quoted(task.column)}: {text},{note}")
    weights, note = _weights(experiment)
    lines += ["}", f"WEIGHTS = {_listed((f'{quoted(column)}: {weight!r}' for column, weight in weights.items()), '{}')}{note}"]
    return "\n".join(lines)


def _loss(task: Task, outputs: int, counts: Sequence[int] | None) -> tuple[str, str]:
    module, params = loss_of(task)
    if hasattr(module, "torch_code"):
        text = module.torch_code(params, task.kind, torch.tensor(counts, dtype=torch.float32) if counts else None)
    elif hasattr(module, "TORCH"):
        text = module.TORCH.format(**params.model_dump())
    else:
        return PLAINEST[task.kind], f"  # here: {module.TITLE}, which torch has no module for"
    plain = text
    for name, size in (("class_weights", max(outputs, 2)), ("yes_weight", 1)):
        text = re.sub(rf"\b{name}\b", f"torch.ones({size})", text)
    return text, "  # balanced: put the weights of your rows in place of the ones" if text != plain else ""


def _weights(experiment: Experiment) -> tuple[dict[str, float], str]:
    """Each task's weight and a remark, for schemes whose weights stay as they are."""
    choice = experiment.weighting
    _, params = SCHEMES.resolve(choice.name, choice.params)
    given = getattr(params, "weights", {})
    weights = {column: float(given.get(column, 1.0)) for column in experiment.columns}
    return weights, "" if choice.name in (
        "equal",
        "fixed",
    ) else f"  # here: {choice.name}, which moves them as training goes on"


def _training(experiment: Experiment) -> str:
    training = experiment.training
    choice = training.optimizer
    optimizer = _written(OPTIMIZERS, choice, rate=training.learning_rate)
    remark = "" if optimizer else f"  # here: {choice.name}, which torch.optim has no class for"
    schedule = _written(SCHEDULES, training.schedule, steps="steps") if training.schedule.name != "constant" else None
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


def _trial(experiment: Experiment, n_features: int, outputs: dict[str, int], reads: bool) -> str:
    made = {
        "binary": "(torch.rand(100) > 0.5).float()",
        "multiclass": "torch.randint({outputs}, (100,))",
        "regression": "torch.randn(100)",
    }
    answers = [f"{quoted(task.column)}: {made[task.kind].format(outputs=outputs[task.column])}" for task in experiment.tasks]
    made_up = [
        f"features = torch.randn(100, {n_features})  # {dims(100, n_features)}",
        "answers = {",
        *(f"    {answer}," for answer in answers),
        "}",
        "labelled = {task: torch.ones(100, dtype=torch.bool) for task in answers}",
    ]
    either = [
        "    if len(sys.argv) > 1:  # python network.py table.csv",
        "        features, answers, labelled = load(sys.argv[1])",
        "    else:  # made-up rows, to see it run",
        *(f"        {line}" for line in made_up),
    ]
    return "\n".join([
        'if __name__ == "__main__":' + ("" if reads else "  # made-up rows, to see it run"),
        *(either if reads else (f"    {line}" for line in made_up)),
        "    history = train(Network(), features, answers, labelled)",
        '    print(f"objective: {history[0]:.3f} in the first epoch, {history[-1]:.3f} in the last")',
    ])  # fmt: skip


@dataclass(frozen=True)
class Table:
    """How the columns of a file become features. levels: of each category; gaps: columns with empty cells."""

    numbers: list[str]
    yes_no: list[str]
    levels: dict[str, list[str]]
    gaps: list[str]


def _table(experiment: Experiment, n_features: int, feature_names: Sequence[str]) -> Table | None:
    """What the names of the features say of the columns; None for samples, and where the names do not fit the document."""
    if experiment.data.source.kind != "file":
        return None
    kinds, names = experiment.data.inputs, list(feature_names)
    numbers = [name for name, kind in kinds.items() if kind == "number"]
    yes_no = [name for name, kind in kinds.items() if kind == "yes-no"]
    if names[: len(numbers) + len(yes_no)] != [*numbers, *yes_no] or len(names) != n_features:
        return None
    rest = names[len(numbers) + len(yes_no) :]
    gaps = [name for name in kinds if kinds[name] != "category" and f"{name} is missing" in rest]
    one_hot = rest[: len(rest) - len(gaps)]
    levels: dict[str, list[str]] = {}
    for name in (name for name, kind in kinds.items() if kind == "category"):
        start = f"{name} = "
        end = next((i for i, feature in enumerate(one_hot) if not feature.startswith(start)), len(one_hot))
        levels[name], one_hot = [feature.removeprefix(start) for feature in one_hot[:end]], one_hot[end:]
    return None if one_hot else Table(numbers, yes_no, levels, gaps)


def _columns(experiment: Experiment, table: Table, classes: Mapping[str, Sequence[str]]) -> str:
    """What the file's columns are, as Python text."""
    marks = {name: list(map(label, values)) for name, values in experiment.data.missing.items() if values}
    named = {task.column: classes[task.column] for task in experiment.tasks if task.column in classes}
    lines = {
        "NUMBERS": _listed(map(quoted, table.numbers)),
        "YES_NO": _listed(map(quoted, table.yes_no)),
        "CATEGORIES": _texts(table.levels),
        "GAPS": f"{_listed(map(quoted, table.gaps))}  # empty cells are filled in, and a feature of their own says so",
        "MISSING": f"{_texts(marks)}  # values that mean not known",
        "CLASSES": f"{_texts(named)}  # of yes/no: no first",
        "EMPTY": f"{list(EMPTY)!r}".replace("'", '"'),
    }
    return "\n".join(f"{name} = {text}" for name, text in lines.items())


def _texts(items: Mapping[str, Sequence[str]]) -> str:
    return _listed((f"{quoted(name)}: [{', '.join(map(quoted, texts))}]" for name, texts in items.items()), "{}")


def _load(experiment: Experiment, table: Table) -> str:
    """The file as tensors, as Python text."""
    steps = [
        ("numbers", "NUMBERS", table.numbers,
         'make_pipeline(SimpleImputer(strategy="median", keep_empty_features=True), StandardScaler())'),
        ("yes/no", "YES_NO", table.yes_no, 'SimpleImputer(strategy="most_frequent", keep_empty_features=True)'),
        ("categories", "list(CATEGORIES)", table.levels,
         'OneHotEncoder(categories=list(CATEGORIES.values()), handle_unknown="ignore", sparse_output=False)'),
        ("gaps", "GAPS", table.gaps, 'MissingIndicator(features="all")'),
    ]  # fmt: skip
    encode = "\n".join(f'        ("{name}", {step}, {where}),' for name, where, columns, step in steps if columns)
    regression = [task.column for task in experiment.tasks if task.kind == "regression"]
    floats = [task.column for task in experiment.tasks if task.kind == "binary"]
    numbers, yes_no = (_listed(map(quoted, columns)) for columns in (regression, floats))
    return LOAD.format(encode=encode, numbers=numbers, yes_no=yes_no, missing=MISSING)


def _written(registry: Registry, choice: Choice, **more: Any) -> str | None:
    """A plug-in in PyTorch, or None when it does not say."""
    module, params = registry.resolve(choice.name, choice.params)
    if hasattr(module, "torch_code"):
        return module.torch_code(params).replace("{rate}", str(more.get("rate")))
    return module.TORCH.format(**params.model_dump() | more) if hasattr(module, "TORCH") else None


def _listed(items: Any, brackets: str = "[]") -> str:
    """A list on one line if it is short, else one item a line."""
    items = list(items)
    line = f"{brackets[0]}{', '.join(items)}{brackets[1]}"
    return line if len(line) <= 100 else "\n".join([brackets[0], *(f"    {item}," for item in items), brackets[1]])

"""Small data sets and documents for tests, made from generators with a seed."""

import torch

from core.data.dataset import Dataset, Target
from core.experiment import Experiment, parse

HEART = {"thal": "multiclass", "disease": "binary"}


def experiment(tasks: dict[str, str], inputs: int = 12, **changes: object) -> Experiment:
    """A document over made-up columns; `changes` are values by dotted path with `__` for the dot."""
    made = parse(
        {
            "version": 1,
            "data": {"source": {"kind": "sample", "name": "made"}, "inputs": {f"x{i}": "number" for i in range(inputs)}},
            "tasks": [{"column": column, "kind": kind} for column, kind in tasks.items()],
            "network": {"trunk": [{"width": 8}], "towers": {column: [{"width": 4}] for column in tasks}},
            "training": {"epochs": 5, "batch_size": 32, "learning_rate": 0.01},
        }
    )
    for path, value in changes.items():
        made = made.changed(path.replace("__", "."), value)
    return made


def heart(**changes: object) -> Experiment:
    """The heart network: 12-32-64 shared, 64-32-3 for thal, 64-16-1 for disease, ReLU, Adam 0.001, batch 32, 50 epochs."""
    made = experiment(HEART)
    layers = {
        "network.trunk": [{"width": 32}, {"width": 64}],
        "network.towers": {"thal": [{"width": 32}], "disease": [{"width": 16}]},
        "training.epochs": 50,
        "training.learning_rate": 0.001,
    }
    for path, value in layers.items():
        made = made.changed(path, value)
    for path, value in changes.items():
        made = made.changed(path.replace("__", "."), value)
    return made


def dataset(
    tasks: dict[str, str], inputs: int = 12, rows: int = 240, splits: int = 1, missing: float = 0.0, seed: int = 0
) -> Dataset:
    """Features from a normal distribution, answers that depend on them; 60 % training, 20 % each validation and test."""
    draw = torch.Generator().manual_seed(seed)
    features = torch.randn(1, rows, inputs, generator=draw).repeat(splits, 1, 1)
    targets = []
    for column, kind in tasks.items():
        score = features[0] @ torch.randn(inputs, generator=draw) / inputs**0.5 + 0.3 * torch.randn(rows, generator=draw)
        labelled = torch.rand(rows, generator=draw) >= missing
        if kind == "regression":
            values, classes = (score - score.mean()) / score.std(), ()
        elif kind == "binary":
            values, classes = (score > 0).float(), ("no", "yes")
        else:
            values, classes = torch.bucketize(score, torch.tensor([-0.5, 0.5])), ("a", "b", "c")
        scale = torch.full((splits,), 3.0 if kind == "regression" else 1.0)
        mean = torch.full((splits,), 10.0 if kind == "regression" else 0.0)
        targets.append(Target(column, kind, (values * labelled).expand(splits, -1), labelled, mean, scale, classes))
    orders = torch.stack([torch.randperm(rows, generator=draw) for _ in range(splits)])
    first, second = int(0.6 * rows), int(0.8 * rows)
    return Dataset(
        features,
        tuple(targets),
        orders[:, :first],
        orders[:, first:second],
        orders[:, second:],
        tuple(f"x{i}" for i in range(inputs)),
        (),
    )

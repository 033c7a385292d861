"""Documents and files to export, and the exported text as a running module. Knows nothing of how the text is written."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import torch

from core.code import pytorch
from core.data.columns import begin, mark
from core.data.dataset import Dataset
from core.data.prepare import prepare
from core.data.reading import read
from core.experiment import Experiment, Source, parse

OUTPUTS = {"kind": 3, "sick": 1, "price": 1}

HOSTILE = "boom()\"; ''''\n\"\"\"{x}"


def experiment(tasks=None, training=None, weighting=None, **network) -> Experiment:
    plan = {"trunk": [{"width": 16}], "towers": {"kind": [{"width": 8, "activation": {"name": "tanh"}}]}}
    return parse(
        {
            "version": 1,
            "data": {"source": {"kind": "sample", "name": "x"}, "inputs": {}},
            "tasks": tasks
            or [
                {"column": "kind", "kind": "multiclass"},
                {"column": "sick", "kind": "binary"},
                {"column": "price", "kind": "regression"},
            ],
            "network": plan | network,
            "training": {"batch_size": 32, "learning_rate": 0.01, "epochs": 20} | (training or {}),
            "weighting": weighting or {"name": "equal"},
        }
    )


def run(text: str) -> SimpleNamespace:
    space: dict = {"__name__": "generated"}
    exec(compile(text, "generated", "exec"), space)  # noqa: S102
    return SimpleNamespace(**space)


def rows(count: int = 96):
    draw = torch.Generator().manual_seed(0)
    x = torch.randn(count, 5, generator=draw)
    answers = {"kind": (x[:, 0] > 0).long() + (x[:, 1] > 0).long(), "sick": (x[:, 2] > 0).float(), "price": x.sum(1)}
    labelled = {task: torch.rand(count, generator=draw) > 0.3 for task in answers}
    return x, answers, labelled


def trained(document: Experiment) -> list[float]:
    made = run(pytorch(document, 5, OUTPUTS))
    torch.manual_seed(0)
    return made.train(made.Network(), *rows())


def csv(folder: Path) -> Path:
    """Numbers with gaps and marks, yes/no, categories, a column without a name, names that would like to be code."""
    draw = np.random.default_rng(0)
    frame = pd.DataFrame(
        {
            " age ": draw.normal(50, 9, 60).round(1),
            HOSTILE: draw.integers(0, 2, 60),
            "smokes": draw.choice(["no", "yes"], 60),
            "pain": draw.choice([0, 1, 2, 12], 60),
            "colour": draw.choice(["a", "B", "c = 2"], 60),
            "": draw.normal(size=60).round(2),
            "price": draw.normal(100, 20, 60).round(2),
            "sick": draw.choice(["ja", "nein"], 60),
            "kind": draw.choice([1, 2, 10], 60),
        }
    ).astype(object)
    for column, gaps in {" age ": 5, "smokes": 3, "pain": 4, "colour": 3, "price": 7, "sick": 5, "kind": 9}.items():
        frame.loc[draw.choice(60, gaps, replace=False), column] = np.nan
    frame.loc[3, ["price", "sick", "kind"]] = np.nan
    frame.loc[5, " age "] = "?"
    frame.to_csv(folder / "mine.csv", index=False)
    return folder / "mine.csv"


def from_file(path: Path, *tasks: str) -> tuple[Experiment, Dataset]:
    """All rows are trained on, as in the script."""
    table = read(path.read_bytes(), path.name)
    made = begin(Source(kind="file", name=path.name, sha256="0" * 64), table)
    for task in tasks:
        made = mark(made, table, task, "task")
    made = made.changed("data.split", {"validation": 0, "test": 0}).changed("training.epochs", 3)
    return made, prepare(made, table)


def script(document: Experiment, data: Dataset, **more: object) -> str:
    outputs = {target.column: target.outputs for target in data.targets}
    return pytorch(document, len(data.feature_names), outputs, data.feature_names, **more)

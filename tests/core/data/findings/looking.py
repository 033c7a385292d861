"""A frame opened as a file, with some of its columns as tasks, and what is found in it. For the tests of findings."""

from typing import Any

import numpy as np
import pandas as pd

from core.data.columns import begin, mark
from core.data.dataset import Table
from core.data.findings import FINDINGS, Finding, Look
from core.experiment import Experiment, Source

FILE = Source(kind="file", name="any.csv", sha256="0" * 64)


def opened(frame: pd.DataFrame, *tasks: str) -> tuple[Experiment, Table]:
    table = Table("any.csv", frame)
    document = begin(FILE, table)
    for task in tasks:
        document = mark(document, table, task, "task")
    return document, table


def found(name: str, frame: pd.DataFrame, *tasks: str, **table: Any) -> list[Finding]:
    """What findings of one kind say of a frame."""
    document, plain = opened(frame, *tasks)
    return list(FINDINGS[name].find(Look(document, Table("any.csv", plain.frame, **table))))


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def clean(rows: int = 300) -> pd.DataFrame:
    """A table in which there is nothing to find: numbers, categories, and two answers that depend on several of them."""
    draw = rng(1)
    frame = pd.DataFrame({f"x{i}": draw.normal(size=rows).round(3) for i in range(4)})
    frame["colour"] = draw.choice(["red", "green", "blue"], rows)
    frame["ward"] = draw.choice(["yes", "no"], rows)
    score = frame["x0"] + frame["x1"] + draw.normal(size=rows)
    return frame.assign(
        ill=np.where(score > 0, "yes", "no"), days=(frame["x2"] - frame["x3"] + draw.normal(size=rows)).round(3)
    )

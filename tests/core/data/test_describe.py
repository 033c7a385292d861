import numpy as np
import pandas as pd

from core.data.columns import begin, mark
from core.data.dataset import Table
from core.data.describe import describe
from core.experiment import Source

FILE = Source(kind="file", name="any.csv", sha256="0" * 64)


def described(frame, *tasks):
    table = Table("any", frame)
    found = begin(FILE, table)
    for task in tasks:
        found = mark(found, table, task, "task")
    return describe(found, table)


def frame_of():
    x = np.linspace(0, 1, 92)
    return pd.DataFrame({"x": x, "thal": [1, 2, 3, 1] * 23, "target": [0, 1] * 46, "chol": 3 * x})


def test_a_clean_table_needs_few_words():
    assert described(frame_of()) == []
    assert described(frame_of(), "chol") == []


def test_rows_without_a_label_are_told():
    frame = frame_of()
    frame.loc[:47, "thal"] = np.nan
    assert described(frame, "thal", "target", "chol") == [
        "48 of 92 rows have no thal; they still train target and chol.",
        "The classes of thal and target are shared out evenly over training, validation and test.",
    ]
    frame.loc[:9, "target"] = np.nan
    assert described(frame, "thal", "target")[:2] == [
        "10 of 92 rows have no label for any task and are left out.",
        "38 of 92 rows have no thal; they still train target.",
    ]


def test_what_is_filled_in_is_told():
    frame = frame_of()
    frame.loc[:3, ["x", "thal", "target"]] = np.nan
    assert described(frame, "chol") == [
        "Missing in x (4 rows): the median of the training rows fills in, and a feature of its own says so.",
        "Missing in target (4 rows): the more frequent answer fills in, and a feature of its own says so.",
        "Missing in thal (4 rows): “missing” counts as a value of its own.",
    ]


def test_of_many_gaps_a_few_are_named():
    frame = frame_of().assign(**{f"more {i}": frame_of()["x"] for i in range(8)})
    frame.loc[:3, [f"more {i}" for i in range(8)]] = np.nan
    (told,) = described(frame, "chol")
    assert "more 0 (4 rows)" in told
    assert "and 3 more: the median" in told


def test_what_prepare_refuses_is_passed_over():
    table = Table("any", frame_of())
    found = mark(begin(FILE, table), table, "thal", "task").changed("tasks.thal.kind", "binary")
    assert describe(found, table) == []

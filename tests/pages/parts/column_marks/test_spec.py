"""What the browser is given: columns in order, with roles, cells as people write them, and shares of missing values."""

import json
import time

import numpy as np
import pandas as pd

from core.charts.palette import task_color
from core.data.columns import begin, mark
from core.data.dataset import Table
from core.data.samples import SAMPLES
from core.data.source import load
from core.experiment import Source
from pages.parts.column_marks import spec
from pages.parts.column_marks.spec import LONGEST, MANY_ROWS, missing_shares, spec_of, thinned


def opened(frame: pd.DataFrame, sha256: str = "1" * 64):
    table = Table("made.csv", frame)
    return begin(Source(kind="file", name="made.csv", sha256=sha256), table), table


def test_columns_come_in_the_tables_order_with_role_and_kind():
    source = Source(kind="sample", name="two-waves")
    experiment = begin(source, load(source), SAMPLES["two-waves"])
    spec = spec_of(experiment, load(source), {})
    assert [(each["name"], each["role"], each["kind"]) for each in spec["columns"]] == [
        ("x", "input", "number"),
        ("sin(2x)", "task", "regression"),
        ("cos(x)", "task", "regression"),
    ]
    assert spec["columns"][2]["color"] == list(task_color(1)[:2])
    assert spec["coming"][0] == list(task_color(2)[:2])
    assert spec["columns"][0]["help"] == SAMPLES["two-waves"].LABELS["x"]
    assert json.loads(json.dumps(spec)) == spec


def test_units_are_told():
    source = Source(kind="sample", name="heart")
    spec = spec_of(begin(source, load(source), SAMPLES["heart"]), load(source), {})
    assert next(each["help"] for each in spec["columns"] if each["name"] == "age") == "Age. Unit: years."


def test_cells_are_short_and_missing_ones_told_apart():
    frame = pd.DataFrame(
        {
            "amount": [1.0, 0.123456789, np.nan, 1234567.0, -9.0, 2.5, 3.5, 4.5, 5.5],
            "word": ["a", "?", None, "x" * 200, "b", "c", "d", "e", "f"],
        }
    )
    experiment, table = opened(frame)
    experiment = experiment.changed("data.missing", {"amount": [-9.0], "word": ["?"]})
    amount, word = (each["cells"] for each in spec_of(experiment, table, {})["columns"])
    assert amount == ["1", "0.123457", None, "1234567", ["-9"], "2.5", "3.5", "4.5"]
    assert word[:3] == ["a", ["?"], None]
    assert len(word[3]) == LONGEST


def test_shares_count_empty_cells_and_marks():
    frame = pd.DataFrame({"a": [1.5, np.nan, -9.0, 2.5], "b": ["x", "?", None, "y"], "c": [True, False, True, True]})
    experiment, table = opened(frame, "2" * 64)
    experiment = experiment.changed("data.missing", {"a": [-9.0], "b": ["?"]})
    assert missing_shares(experiment, table) == {"a": 0.5, "b": 0.5, "c": 0.0}


def test_long_tables_are_looked_at_evenly():
    frame = pd.DataFrame({"a": np.arange(MANY_ROWS * 3 + 1)})
    assert len(thinned(frame)) <= MANY_ROWS
    assert thinned(frame)["a"].iloc[-1] > MANY_ROWS * 3 - 10
    short = frame.head(MANY_ROWS)
    assert thinned(short) is short


def test_two_hundred_columns_are_quick():
    frame = pd.DataFrame(np.arange(200 * 500).reshape(500, 200) % 97 + 0.5, columns=[f"column {i}" for i in range(200)])
    experiment, table = opened(frame, "3" * 64)
    experiment = mark(experiment, table, "column 7", "task")
    shares = missing_shares(experiment, table)
    began = time.process_time()
    spec = spec_of(experiment, table, shares)
    assert time.process_time() - began < 2.0  # tens of milliseconds where nothing else runs
    assert len(json.dumps(spec)) < 200_000


def test_cells_are_read_once_however_often_a_column_is_marked(monkeypatch):
    experiment, table = opened(pd.DataFrame({"a": [0.5, 1.5] * 6, "b": [0.25, 2.5] * 6}), "4" * 64)
    first = spec_of(experiment, table, {})
    monkeypatch.setattr(spec, "texts", None)
    again = spec_of(mark(experiment, table, "a", "task"), table, {})
    assert [each["cells"] for each in again["columns"]] == [each["cells"] for each in first["columns"]]

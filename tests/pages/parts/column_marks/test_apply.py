"""A mark from a browser into a document: what it does, and that nothing else gets through."""

import pandas as pd
import pytest

from core.data.columns import begin
from core.data.dataset import Table
from core.errors import UserError
from core.experiment import Experiment, Source
from pages.parts.column_marks import MOST, apply

FRAME = pd.DataFrame({"age": [50 + i % 7 + i / 10 for i in range(30)], "thal": [1, 2, 3] * 10, "ill": [0, 1] * 15})
TABLE = Table("heart.csv", FRAME)


@pytest.fixture
def opened() -> Experiment:
    return begin(Source(kind="file", name="heart.csv", sha256="0" * 64), TABLE)


def mark(column: object, role: object, **more: object) -> dict:
    return {"op": "mark", "column": column, "role": role, **more}


def kind(column: object, kind: object, **more: object) -> dict:
    return {"op": "kind", "column": column, "kind": kind, **more}


def test_one_click_each_marks_the_tasks_of_a_fresh_file(opened):
    assert set(opened.data.inputs) == {"age", "thal", "ill"}
    document = apply(opened, TABLE, mark("thal", "task"))
    document = apply(document, TABLE, mark("ill", "task"))
    assert document.columns == ("thal", "ill")
    assert [task.kind for task in document.tasks] == ["multiclass", "binary"]
    assert set(document.data.inputs) == {"age"}


def test_a_kind_is_overruled(opened):
    assert apply(opened, TABLE, kind("thal", "number")).data.inputs["thal"] == "number"
    document = apply(opened, TABLE, mark("thal", "task"))
    assert apply(document, TABLE, kind("thal", "regression")).tasks[0].kind == "regression"


def test_marks_without_an_answer_are_made_good_and_do_no_harm_twice(opened):
    second = mark("ill", "task", before=[mark("thal", "task")], n=2)
    document = apply(opened, TABLE, second)
    assert document.columns == ("thal", "ill")
    assert apply(document, TABLE, second) == document


@pytest.mark.parametrize(
    "op",
    [
        None,
        "mark",
        {},
        mark("thal", "owner"),
        mark("thal", ["task"]),
        mark("nowhere", "task"),
        mark(["thal"], "task"),
        mark(None, "task"),
        kind("thal", "binary"),
        kind("thal", "prose"),
        kind("thal", {}),
        {"op": "remove", "column": "thal"},
        mark("thal", "task", before="mark"),
        mark("thal", "task", before=[None]),
        mark("thal", "task", before=[mark("ill", "owner")]),
        mark("thal", "task", before=[mark("ill", "task")] * (MOST + 1)),
    ],
)
def test_what_is_no_mark_is_refused_in_a_sentence(opened, op):
    with pytest.raises(UserError, match=r"should|has a kind"):
        apply(opened, TABLE, op)


def test_an_ignored_column_has_no_kind(opened):
    ignored = apply(opened, TABLE, mark("age", "ignore"))
    with pytest.raises(UserError, match="Mark it first"):
        apply(ignored, TABLE, kind("age", "number"))

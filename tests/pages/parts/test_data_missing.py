"""Values that mean missing: what a person types, and what it does to the document."""

import pandas as pd
import pytest

from core.data.columns import begin, mark, set_kind
from core.data.dataset import Table
from core.experiment import Source
from pages.parts.data_missing import parsed, with_missing, written

TABLE = Table("a.csv", pd.DataFrame({"ca": ["0", "1", "2", "n"] * 10, "size": [1.5 * i for i in range(40)], "y": [0, 1] * 20}))


@pytest.fixture
def opened():
    return begin(Source(kind="file", name="a.csv", sha256="0" * 64), TABLE)


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("", ()),
        (" , ", ()),
        ("?", ("?",)),
        ("-9, ?,-9.0", (-9.0, "?")),
        ("nan, inf", ("nan", "inf")),
        ("not known", ("not known",)),
    ],
)
def test_typed_values_are_numbers_where_they_can_be(text, marks):
    assert parsed(text) == marks


def test_written_and_typed_agree():
    assert parsed(written((-9.0, 0.5, "?"))) == (-9.0, 0.5, "?")


def test_a_guessed_kind_is_guessed_anew(opened):
    opened = with_missing(opened, TABLE, "ca", ())
    assert opened.data.inputs["ca"] == "category"
    frame = TABLE.frame.assign(size=["n" if i == 3 else f"{i}.5" for i in range(40)])
    table = Table("a.csv", frame)
    document = begin(Source(kind="file", name="a.csv", sha256="0" * 64), table)
    document = with_missing(document, table, "size", ())
    assert (document.data.inputs["size"], document.data.missing.get("size")) == ("category", None)
    document = with_missing(document, table, "size", ("n",))
    assert (document.data.inputs["size"], document.data.missing["size"]) == ("number", ("n",))


def test_a_chosen_kind_stays(opened):
    document = set_kind(opened, "size", "category")
    assert with_missing(document, TABLE, "size", (0.5,)).data.inputs["size"] == "category"


def test_a_task_with_one_class_fewer_is_yes_or_no(opened):
    document = mark(with_missing(opened, TABLE, "ca", ()), TABLE, "ca", "task")
    assert document.tasks[0].kind == "multiclass"
    assert with_missing(document, TABLE, "ca", ("n", 2.0)).tasks[0].kind == "binary"

"""Values that mean missing: what they do to the document."""

import pandas as pd
import pytest

from core.data.columns import begin, mark, set_kind
from core.data.dataset import Table
from core.data.missing import with_missing, with_missing_everywhere
from core.experiment import Experiment, Source

TABLE = Table("a.csv", pd.DataFrame({"ca": ["0", "1", "2", "n"] * 10, "size": [1.5 * i for i in range(40)], "y": [0, 1] * 20}))


@pytest.fixture
def opened() -> Experiment:
    return begin(Source(kind="file", name="a.csv", sha256="0" * 64), TABLE)


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


def test_a_value_may_mean_missing_in_every_column(opened: Experiment) -> None:
    frame = pd.DataFrame({"a": [-9, 1, 2, -9] * 10, "b": [-9.0, 0.5, 1.5, 2.5] * 10, "c": ["x", "-9", "y", "x"] * 10})
    table = Table("a.csv", frame)
    document = begin(Source(kind="file", name="a.csv", sha256="0" * 64), table)
    document = document.changed("data.missing", {})
    made = with_missing_everywhere(document, table, (-9.0,))
    assert [made.data.marks(column) for column in "abc"] == [(-9.0,)] * 3
    assert (made.data.inputs["a"], made.data.inputs["c"]) == ("yes-no", "yes-no")
    assert with_missing(made, table, "a", (2.0,)).data.marks("a") == (2.0, -9.0)
    assert with_missing_everywhere(made, table, ()) == with_missing_everywhere(document, table, ())

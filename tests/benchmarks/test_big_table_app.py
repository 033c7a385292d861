"""The made-up rows are a table that the app can read, with something in it to learn."""

from benchmarks.big_table_app import made_up
from core.data.columns import begin, mark
from core.data.prepare import prepare
from core.data.reading import read
from core.experiment import Source


def test_the_table_makes_a_document() -> None:
    table = read(made_up(400, 5), "made_up.csv")
    assert table.frame.shape == (400, 7)
    document = begin(Source(kind="file", name="made_up.csv", sha256="0" * 64), table)
    for column in ("number", "yes"):
        document = mark(document, table, column, "task")
    assert [task.kind for task in document.tasks] == ["regression", "binary"]
    assert prepare(document, table).features.shape[-1] == 5

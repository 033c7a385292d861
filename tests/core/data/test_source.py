import pytest

from core.data.source import load
from core.data.store import Store
from core.errors import UserError
from core.experiment import Source


def test_a_sample_is_made_with_its_parameters():
    table = load(Source(kind="sample", name="two-waves", params={"rows": 30}))
    assert table.name == "Two waves"
    assert len(table.frame) == 30
    assert "made up" in table.notes[0]


def test_a_file_comes_from_the_store(tmp_path):
    store = Store(tmp_path)
    source = Source(kind="file", name="my.csv", sha256=store.put(b"a,b\n1,2\n3,4\n"))
    table = load(source, store)
    assert (table.name, table.frame.shape) == ("my.csv", (2, 2))


def test_what_one_caller_does_no_other_sees():
    source = Source(kind="sample", name="two-waves")
    first = load(source).frame
    first["x"] = 0.0
    first.loc[0, "cos(x)"] = 99.0
    again = load(source).frame
    assert again["x"].nunique() == 200
    assert again.loc[0, "cos(x)"] != 99


def test_a_table_is_made_once():
    source = Source(kind="sample", name="heart")
    assert load(source).frame["age"].to_numpy().base is load(source).frame["age"].to_numpy().base


@pytest.mark.parametrize(
    "source",
    [
        Source(kind="sample", name="nothing"),
        Source(kind="sample", name="two-waves", params={"rows": "many"}),
        Source(kind="sample", name="two-waves", params={"colour": 1}),
        Source(kind="file", name="a.csv", sha256="0" * 64),
        Source(kind="file", name="a.csv", sha256="../a"),
    ],
)
def test_what_is_not_there_is_refused(source, tmp_path):
    with pytest.raises(UserError):
        load(source, Store(tmp_path))


def test_a_file_needs_a_store():
    with pytest.raises(UserError, match="upload it again"):
        load(Source(kind="file", name="a.csv", sha256="0" * 64))

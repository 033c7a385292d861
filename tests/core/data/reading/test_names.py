import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.data.reading.names import MAX_NAME, listed, named, unnamed


@pytest.mark.parametrize(
    ("raw", "names", "told"),
    [
        (["a", " b "], ["a", "b"], []),
        (["a", "", None], ["a", "column 2", "column 3"], ["2 columns had no name: “column 2”, “column 3”."]),
        (["", "column 1"], ["column 1", "column 1 (2)"], ["A column had no name", "with the same name"]),
        (["x", "x", "x"], ["x", "x (2)", "x (3)"], ["Columns with the same name got a number: “x”."]),
        (["x", "x", "x (2)"], ["x", "x (3)", "x (2)"], ["“x”"]),
        (["n" * 10_000, "m"], ["n" * MAX_NAME, "m"], ["One column's name was longer than 200 characters and cut."]),
        (["n" * 300, "n" * 300 + "x"], ["n" * 200, "n" * 200 + " (2)"], ["same name", "2 columns' names were longer"]),
        (["two\nlines", "b"], ["two lines", "b"], ["One column's name has line ends or invisible marks"]),
        (["\u202eevil\u202c", "\u200f\ufeffb\0"], ["evil", "b"], ["2 columns' names have"]),
        (["👩‍🔬", "é"], ["👩‍🔬", "é"], []),
        (["<script>alert(1)</script>", "=cmd()|'/c calc'!A1"], ["<script>alert(1)</script>", "=cmd()|'/c calc'!A1"], []),
    ],
)
def test_names(raw, names, told):
    found, notes = named(raw)
    assert found == names
    assert len(notes) == len(told)
    for words, note in zip(told, notes, strict=True):
        assert words in note


def test_unnamed():
    assert unnamed(2) == ["column 1", "column 2"]


def test_listed():
    assert listed(["a", "b"]) == "a, b"
    assert listed(list("abcdefg")) == "a, b, c, d, e and 2 more"


@given(some.lists(some.text(some.sampled_from("ab (2)\n\u202e"), max_size=6), min_size=1, max_size=8))
def test_every_name_is_its_own_and_on_one_line(raw):
    names, _ = named(raw)
    assert len(names) == len(set(names)) == len(raw)
    assert all(name and name == name.strip() and name.isprintable() for name in names)

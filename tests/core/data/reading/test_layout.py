import pytest

from core.data.reading.layout import has_header, layout, spaced
from core.errors import UserError
from core.experiment import Reading


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2,5\n", ";"),
        ("a\tb\n1,5\t2;5\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("a  b\n1    2\n", " "),
        ("  a b\n 1  2\n", " "),
        ("first name,b\nJohn Smith,2\n", ","),
        ('"x;y","b"\n"1;2","c"\n', ","),
        ("1,5;2,5\n3,5;4,5\n", ";"),
        ("sep=|\na|b;c\n1|2;3\n", "|"),
        ("a;b\n1;2\n3;4;5\n6;7\n", ";"),
        ('0,36 "red plum"\n1,30 "blue fig"\n', " "),
        ('"red plum", 1\n"blue fig", 2\n', ","),
    ],
)
def test_the_mark_between_cells(text: str, delimiter: str) -> None:
    assert layout(text.encode(), 0, "a.csv", Reading()).delimiter == delimiter


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ([["a", "b"], ["1", "2"]], True),
        ([["1", "2"], ["3", "4"]], False),
        ([["1,5", "2"], ["3,5", "4"]], False),
        ([["x", "1.5"], ["y", "2.5"]], False),
        ([["name", "town"], ["Jane", "Rome"]], True),
        ([["yes", "no"], ["no", "yes"], ["yes", "no"]], False),
        ([["country", "2019", "2020"], ["DE", "1", "2"]], True),
        ([["DE", "2019", "5"], ["FR", "2020", "6"]], False),
        ([["", "b"], ["1", "2"]], True),
        ([["NA", "x"], ["1", "y"]], True),
        ([["NA", "2"], ["1", "3"]], False),
        ([["", ""], ["1", "2"]], False),
        ([["a", "a"], ["1", "2"]], True),
    ],
)
def test_whether_there_is_a_header(rows: list[list[str]], header: bool) -> None:
    assert has_header(rows) == header


@pytest.mark.parametrize(
    ("text", "skip", "line", "names"),
    [
        ("a,b\n1,2\n3,4\n", 0, 2, ["a", "b"]),
        ("# x\n% y\n// z\n\na,b\n1,2\n3,4\n", 4, 6, ["a", "b"]),
        ("sep=,\na,b\n1,2\n3,4\n", 1, 3, ["a", "b"]),
        ("#,b\n1,2\n3,4\n", 0, 2, ["#", "b"]),
        ("# a,b\n1,2\n3,4\n", 0, 2, ["a", "b"]),
        ("# made 3, may\na,b\n1,2\n3,4\n", 1, 3, ["a", "b"]),
        ('"a\nb",c\n1,2\n3,4\n', 0, 3, ["a b", "c"]),
    ],
)
def test_what_stands_above_the_table(text: str, skip: int, line: int, names: list[str]) -> None:
    found = layout(text.encode(), 0, "a.csv", Reading())
    assert (found.skip, found.line, found.names) == (skip, line, names)
    assert text.encode()[found.start :].startswith(b"1,2")


def test_spaces_in_quotes_stay() -> None:
    assert spaced(b" a   b \n1  2\r\n") == b"a b\n1 2\r\n"
    assert spaced(b'  "a  b"   c\n') == b'"a  b" c\n'


@pytest.mark.parametrize(
    ("text", "reading", "words"),
    [
        ("only\n1\n", Reading(), "“only”"),
        ("a,b\n1,2\n", Reading(delimiter=";"), "one column with semicolons"),
        ("a,b\n1,2\n", Reading(skip=9), "nothing below its first 2 lines"),
        ("", Reading(), "an empty file"),
        ("# " + "x\n# " * 1_500 + "\na,b\n1,2\n", Reading(), "1,000 lines"),
        ("x" * 3_000_000, Reading(), "2,000,000 bytes"),
    ],
)
def test_what_is_no_table(text: str, reading: Reading, words: str) -> None:
    with pytest.raises(UserError, match=words):
        layout(text.encode(), 0, "a.csv", reading)

import contextlib
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.data.reading.text import MAX_COLUMNS, read
from core.errors import UserError

REAL = Path(__file__).parents[3].parent / "shared" / "data" / "heart.csv"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_clean_file_with_or_without_a_mark(mark, end):
    table = read(mark + end.join([b"a, b ,c", b"1,2.5,x", b"2,,y"]) + end, "clean.csv")
    assert table.name == "clean.csv"
    assert list(table.frame) == ["a", "b", "c"]
    assert table.frame["a"].tolist() == [1, 2]
    assert table.frame["b"].isna().tolist() == [False, True]
    assert table.notes == ("1 cells are empty or say so (such as NA), and count as missing.",)


def test_quotes_hold_commas_quotes_and_line_ends():
    frame = read(b'name,n\n"Doe, Jane",1\n"a ""b""\nc",2\n', "q.csv").frame
    assert frame["name"].tolist() == ["Doe, Jane", 'a "b"\nc']


def test_none_stays_a_value():
    assert read(b"a,b\nNone,1\nx,2\n", "none.csv").frame["a"].tolist() == ["None", "x"]


def test_a_nameless_column_gets_a_name_and_lines_that_end_early_are_told():
    table = read(b",b,c\n1,2,3\n2,3\n", "short.csv")
    assert list(table.frame) == ["column 1", "b", "c"]
    assert any("column 1" in note for note in table.notes)
    assert any("fewer than 3 cells" in note for note in table.notes)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty file"),
        (b" \n\n", "empty file"),
        (b"\xef\xbb\xbf", "one column|empty file"),
        (b"PK\x03\x04 rest", "Excel or zip"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"a,b\n1,\0\n", "binary"),
        ("a,b\n1,é\n".encode("latin-1"), "line 2"),
        ("a,b\n1,2\n".encode("utf-16"), "binary"),
        (b"a;b\n1;2\n", "“;”"),
        (b"a\tb\n1\t2\n", "tabs"),
        (b"only\n1\n2\n", "one column"),
        (b"just some words", "one column"),
        (b"a,b\n", "only the header"),
        (b"a,b\n\n\n", "only the header"),
        (b"a, a\n1,2\n", "“a” twice"),
        (b"1,2.5\n3,4\n", "name the columns"),
        (b"a,b\n1,2,3\n4,5,6\n", "3 in the first row"),
        (b"a,b\n1,2\n4,5,6\n", "line 3"),
        (b'a,b\n1,"2\n', "quote"),
        (",".join(f"c{i}" for i in range(MAX_COLUMNS + 1)).encode() + b"\n", "2,001"),
        (b'{"version": 1, "tasks": []}', "CSV|columns|header"),
        (b"<html>\n<body>\n", "one column"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(raw, words):
    with pytest.raises(UserError, match=words) as caught:
        read(raw, "some.csv")
    assert caught.value.fix or "Mend" in str(caught.value)


def test_absurd_sizes_are_refused(monkeypatch):
    monkeypatch.setattr("core.data.reading.text.MAX_ROWS", 2)
    with pytest.raises(UserError, match="at most 2 rows"):
        read(b"a,b\n1,2\n1,2\n1,2\n", "long.csv")
    monkeypatch.setattr("core.data.reading.text.MAX_BYTES", 10)
    with pytest.raises(UserError, match="MB"):
        read(b"a,b\n1,2\n1,2\n1,2\n", "long.csv")


@given(some.binary(max_size=60))
def test_any_bytes_are_read_or_refused(raw):
    with contextlib.suppress(UserError):
        assert len(read(raw, "any").frame) > 0


@given(some.text(some.sampled_from('ab,;"\n\r\t 1.\ufeff'), max_size=60))
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(UserError):
        assert read(text.encode(), "any").frame.shape[1] > 1


@given(some.lists(some.tuples(some.floats(allow_nan=False, allow_infinity=False), some.integers(-(2**40), 2**40)), min_size=1))
def test_numbers_come_back_as_they_were_written(rows):
    frame = pd.DataFrame(rows, columns=["x", "y"])
    found = read(frame.to_csv(index=False).encode(), "any").frame
    assert found["y"].tolist() == frame["y"].tolist()
    assert found["x"].tolist() == pytest.approx(frame["x"].tolist(), rel=1e-14)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"a,b\n1,2\n1,2,3\n", "should have 2 cells. Found 3 in line 3. Put quotes around"),
        (b'a,b\n1,2\n3,"4\n5,6\n', "Every quote in mine.csv should be closed. Found one open from line 3 on."),
    ],
)
def test_a_line_that_cannot_be_split_is_said_in_plain_words(raw, told):
    with pytest.raises(UserError) as error:
        read(raw, "mine.csv")
    assert told in str(error.value)


@pytest.mark.skipif(not REAL.exists(), reason="the real heart table is not here")
def test_the_real_heart_table():
    table = read(REAL.read_bytes(), "heart.csv")
    assert table.frame.shape == (303, 14)
    assert table.frame.columns[0] == "age"
    assert table.notes == ()

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.data.reading import limits, read, text
from core.data.reading.limits import TooLarge
from core.errors import UserError
from core.experiment import Reading

REAL = Path(__file__).parents[3].parent / "shared" / "data" / "heart.csv"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_clean_file_with_or_without_a_mark(mark, end):
    table = read(mark + end.join([b"a, b ,c", b"1,2.5,x", b"2,,y"]) + end, "clean.csv")
    assert table.name == "clean.csv"
    assert list(table.frame) == ["a", "b", "c"]
    assert table.frame["a"].tolist() == [1, 2]
    assert table.frame["b"].isna().tolist() == [False, True]
    assert table.notes == ("One cell is empty or says so (such as NA), and counts as missing.",)


def test_columns_have_the_types_that_others_count_on():
    frame = read(b"i,f,s,b,gaps\n1,1.5,x,TRUE,1\n2,2,,FALSE,\n", "t.csv").frame
    assert [str(dtype) for dtype in frame.dtypes] == ["int64", "float64", "str", "bool", "float64"]
    assert type(frame["s"][0]) is str


def test_quotes_hold_commas_quotes_and_line_ends():
    frame = read(b'name,n\n"Doe, Jane",1\n"a ""b""\nc",2\n', "q.csv").frame
    assert frame["name"].tolist() == ["Doe, Jane", 'a "b"\nc']


def test_none_stays_a_value():
    assert read(b"a,b\nNone,1\nx,2\n", "none.csv").frame["a"].tolist() == ["None", "x"]


def test_lines_that_end_early_are_filled_and_told():
    table = read(b",b,c\n1,2,x\n2,3\n", "short.csv")
    assert list(table.frame) == ["column 1", "b", "c"]
    assert table.frame["c"].isna().tolist() == [False, True]
    assert "One line has fewer than 3 cells: what it lacks counts as missing. Is the file whole?" in table.notes


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"a,b\n1,2\n1,2,3\n", "should have 2 cells, with commas between them. Found 3 in line 3. Put quotes around"),
        (b"a;b\n1;2\n1;2;3\n", "with semicolons between them. Found 3 in line 3. Put quotes around cells with a semicolon"),
        (b"a,b\n1,2,3\n4,5,6\n", "Found 3 in line 2. Name every column"),
        (b'# x\na,b\n"1\n2",2\n1,2,3\n', "Found 3 in line 5."),
        (b'a,b\n1,2\n3,"4\n5,6\n', "Every quote in mine.csv should be closed. Found one open from line 3 on."),
        (b'a,b\n1,2\n3,"' + b"x" * 200_000 + b"\n5,6\n", "at most 131,072 characters. Found more in line 3"),
        (b"a,b\n1,2\n", "at least two rows. Found one."),
        (b"a,b\n\n\n", "only the header"),
        (",".join(f"c{i}" for i in range(limits.MAX_COLUMNS + 1)).encode() + b"\n", "2,001"),
    ],
)
def test_what_cannot_be_split_is_said_in_plain_words(raw, told):
    with pytest.raises(UserError) as error:
        read(raw, "mine.csv")
    assert told in str(error.value)


def test_too_many_rows_are_counted_and_a_sample_is_offered(monkeypatch):
    monkeypatch.setattr(limits, "MAX_ROWS", 10)
    with pytest.raises(
        TooLarge, match="at most 10 rows. Found 25, which is 15 over. Take a random sample of 10 rows"
    ) as caught:
        read(b"a,b\n" + b"1,2\n" * 25, "long.csv")
    assert caught.value.rows == 10


@pytest.mark.parametrize("lines", ["plain", "short"])
def test_a_sample_is_drawn_while_reading(lines, monkeypatch):
    monkeypatch.setattr(text, "BLOCK", 1 << 12)
    monkeypatch.setattr(text, "ROWS", 100)
    raw = b"a,b,c\n" + b"".join(b"%d,%d.5,w%d\n" % (i, i, i) for i in range(2_000)) + (b"2000\n" if lines == "short" else b"")
    total = 2_001 if lines == "short" else 2_000
    table = read(raw, "long.csv", Reading(rows=50))
    rows = limits.chosen(total, 50)
    assert table.frame["a"].tolist() == rows.tolist()
    assert table.understood.rows == total
    assert table.understood.reading.rows == 50
    assert f"These are 50 of the file's {total:,} rows, drawn at random." in table.notes
    again = read(raw, "long.csv", Reading(rows=50)).frame
    pd.testing.assert_frame_equal(again, table.frame)
    assert len(read(raw, "long.csv", Reading(rows=5_000)).frame) == total


def test_a_word_far_down_leaves_all_cells_as_they_were_written(monkeypatch):
    monkeypatch.setattr(text, "BLOCK", 1 << 12)
    monkeypatch.setattr(text, "LARGE", 1 << 10)
    lines = [f"{i}.50,{i}" for i in range(2_000)] + ["high,x"]
    frame = read(("a,b\n" + "\n".join(lines)).encode(), "t.csv").frame
    assert frame["a"].tolist() == [f"{i}.50" for i in range(2_000)] + ["high"]
    assert frame["b"].tolist()[:2] == ["0", "1"]
    numbers = read(("a,b\n" + "\n".join(lines[:-1])).encode(), "t.csv").frame
    assert numbers["a"].tolist() == [i + 0.5 for i in range(2_000)]
    assert numbers["b"].tolist() == list(range(2_000))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", ["", "high,x", "7"])
def test_a_file_in_halves_is_the_file(end, last, monkeypatch):
    """The last line may hold words among the numbers, or be too short: either turns up in the second half."""
    lines = [f"{i}.50,{i}" for i in range(2_000)] + [last] * bool(last)
    raw = ("a,b" + end + end.join(lines)).encode()
    whole = read(raw, "t.csv")
    cuts = []
    monkeypatch.setattr(text, "BLOCK", 1 << 12)
    monkeypatch.setattr(text, "HALVED", range(1 << 10, 1 << 20))
    monkeypatch.setattr(text, "_line_end", lambda *given, cut=text._line_end: cuts.append(cut(*given)) or cuts[-1])
    table = read(raw, "t.csv")
    pd.testing.assert_frame_equal(table.frame, whole.frame)
    assert table.notes == whole.notes
    assert cuts
    assert all(cut > 0 and chr(raw[3 + len(end) :][cut - 1]) == end[-1] for cut in cuts)


@pytest.mark.parametrize(("rest", "cut"), [(b"1\n2\n", 4), (b"1\r\n2\n", 5), (b"1\r2\r", 4), (b"1\n", 0), (b"11", 0), (b"", 0)])
def test_where_a_line_begins(rest, cut):
    assert text._line_end(pa.py_buffer(b"1," + rest), 1) == cut


def test_long_cells_are_kept():
    frame = read(b"a,b\n" + b"x" * 300_000 + b",1\ny,2\n", "t.csv").frame
    assert len(frame["a"][0]) == 300_000


def test_a_line_of_50_mb_is_refused_at_once():
    with pytest.raises(UserError, match="at most 2,000,000 bytes"):
        read(b"x" * 50_000_000, "t.csv")
    with pytest.raises(UserError, match="line 3"):
        read(b"a,b\n1,2\n" + b"x" * 50_000_000 + b",3\n4,5\n", "t.csv")


@pytest.mark.parametrize(
    ("chosen", "raw", "frame"),
    [
        ({"encoding": "latin-1"}, "a,b\né,1\nx,2\n".encode(), {"a": ["Ã©", "x"], "b": [1, 2]}),
        ({"delimiter": ";"}, b"a,b;c\n1,2;3\n4,5;6\n", {"a,b": [1.2, 4.5], "c": [3, 6]}),
        ({"decimal": "."}, b'a;b\n"1,234";1\n"2,345";2\n', {"a": [1234, 2345], "b": [1, 2]}),
        ({"decimal": ","}, b"a,b\n1.234,1\n2.345,2\n", {"a": [1234, 2345], "b": [1, 2]}),
        ({"header": False}, b"a,b\n1,2\n", {"column 1": ["a", "1"], "column 2": ["b", "2"]}),
        ({"header": True}, b"1,2\n3,4\n5,6\n", {"1": [3, 5], "2": [4, 6]}),
        ({"skip": 2}, b"My table\n\na,b\n1,2\n3,4\n", {"a": [1, 3], "b": [2, 4]}),
        ({"skip": 1}, b"a,b\n1,x\n3,4\n5,6\n", {"1": [3, 5], "x": [4, 6]}),
    ],
)
def test_what_a_person_chose_is_done(chosen, raw, frame):
    if chosen == {"skip": 1}:
        chosen = {"skip": 1, "header": True}
    table = read(raw, "t.csv", Reading(**chosen))
    assert table.frame.to_dict("list") == {
        name: [float(v) if isinstance(v, int) and chosen.get("decimal") == "," and name == "a" else v for v in values]
        for name, values in frame.items()
    }
    for name, value in chosen.items():
        assert getattr(table.understood.reading, name) == value
    assert None not in table.understood.reading.model_dump(exclude={"sheet", "rows"}).values()


@given(some.lists(some.tuples(some.floats(allow_nan=False, allow_infinity=False), some.integers(-(2**40), 2**40)), min_size=2))
def test_numbers_come_back_as_they_were_written(rows):
    frame = pd.DataFrame(rows, columns=["x", "y"])
    found = read(frame.to_csv(index=False).encode(), "any").frame
    assert found["y"].tolist() == frame["y"].tolist()
    assert found["x"].tolist() == frame["x"].tolist()


@pytest.mark.slow
def test_a_large_file_of_numbers_is_read_in_seconds_and_little_memory(tmp_path):
    draw = np.random.default_rng(0)
    block = pd.DataFrame(draw.normal(size=(20_000, 20))).round(6).to_csv(index=False, header=False)
    path = tmp_path / "large.csv"
    with path.open("w") as file:
        file.write(",".join(f"x{i}" for i in range(20)) + "\n")
        for _ in range(10):
            file.write(block)
    begins = os.times()
    frame = read(path, "large.csv").frame
    ends = os.times()
    assert frame.shape == (200_000, 20)
    assert (frame.dtypes == "float64").all()
    assert ends.user + ends.system - begins.user - begins.system < 3  # a fifth of the file that takes a second or two


@pytest.mark.skipif(not REAL.exists(), reason="the real heart table is not here")
def test_the_real_heart_table():
    table = read(REAL.read_bytes(), "heart.csv")
    assert table.frame.shape == (303, 14)
    assert table.frame.columns[0] == "age"
    assert table.notes == ()

"""Parquet files read: every kind of column, and one sentence for what is damaged, forged or too large."""

import datetime
import io
from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.dataset import Table
from core.data.reading import parquet
from core.data.reading.limits import TooLarge
from core.data.reading.parquet import read_parquet
from core.errors import UserError
from core.experiment import Reading

PLAIN = {"age": [40, 41, 42], "ward": ["north", None, "south"], "dose": [0.5, None, 1.5], "ill": [True, False, True]}


def written(columns: dict | pa.Table, **how: object) -> bytes:
    file = io.BytesIO()
    pq.write_table(columns if isinstance(columns, pa.Table) else pa.table(columns), file, **how)
    return file.getvalue()


def table(columns: dict | pa.Table, **reading: int) -> Table:
    return read_parquet(written(columns), "own.parquet", Reading(**reading))


def refused(raw: bytes, **reading: int) -> str:
    with pytest.raises(UserError) as caught:
        read_parquet(raw, "own.parquet", Reading(**reading))
    told = str(caught.value)
    assert caught.value.found
    assert caught.value.fix
    assert "\n" not in told
    assert len(told) < 400
    return told


def cells(*values: object, kind: pa.DataType | None = None) -> list:
    """What becomes of a column of these values."""
    return table({"x": pa.array(values, kind), "n": range(len(values))}).frame["x"].tolist()


def test_columns_come_as_they_are():
    found = table(PLAIN)
    assert found.frame.equals(pd.DataFrame(PLAIN).astype({"ward": "str"}))
    assert found.notes == ()
    assert found.understood.kind == "Parquet"
    assert found.understood.rows == 3


def test_a_file_is_read_where_it_lies(tmp_path):
    path = tmp_path / "own.parquet"
    path.write_bytes(written(PLAIN))
    assert read_parquet(path, "own.parquet", Reading()).frame.equals(table(PLAIN).frame)


@pytest.mark.parametrize(
    "kind", [pa.int8(), pa.uint16(), pa.int64(), pa.uint64(), pa.float16(), pa.float32(), pa.decimal128(9, 2)]
)
def test_numbers_of_every_kind(kind):
    values = [Decimal(n) for n in (1, 2, 3)] if pa.types.is_decimal(kind) else [1, 2, 3]
    values = list(np.array(values, np.float16)) if kind == pa.float16() else values
    assert cells(*values, kind=kind) == [1, 2, 3]
    gaps = cells(values[0], None, kind=kind)
    assert gaps[0] == 1
    assert np.isnan(gaps[1])


def test_answers_with_gaps_stay_answers():
    found = cells(True, None, False)
    assert found[::2] == [True, False]
    assert pd.isna(found[1])


def test_dates_and_times_are_texts():
    day, noon = datetime.date(2020, 1, 31), datetime.datetime(2020, 1, 31, 12, 30, 15, 500)
    midnight = datetime.datetime(2020, 1, 31)
    assert cells(day, day) == ["2020-01-31"] * 2
    assert cells(midnight, midnight) == ["2020-01-31"] * 2
    assert cells(midnight, noon) == ["2020-01-31 00:00:00", "2020-01-31 12:30:15"]
    assert cells(noon, noon, kind=pa.timestamp("ms", "Europe/Berlin")) == ["2020-01-31 12:30:15"] * 2
    assert cells(datetime.time(8, 5), datetime.time(0)) == ["08:05:00", "00:00:00"]
    assert cells(datetime.timedelta(minutes=2), datetime.timedelta(seconds=1.5)) == [120.0, 1.5]


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int8(), pa.string())])
def test_texts_of_every_kind(kind):
    found = cells("a", "ü", None, "a", kind=kind)
    assert found[:2] == ["a", "ü"]
    assert pd.isna(found[2])


def test_texts_are_looked_at_as_those_of_a_text_file():
    found = table({"n": [f"{n},5" for n in range(20)], "gap": ["NA", *["x"] * 19]})
    assert found.frame["n"].tolist() == [n + 0.5 for n in range(20)]
    assert found.frame["gap"].isna().sum() == 1
    assert found.understood.columns["n"] == "decimal comma"


def test_categories_of_numbers_are_numbers():
    assert cells(*pa.array([5, 7, 5]).dictionary_encode().to_pylist()) == [5, 7, 5]
    coded = pa.table({"x": pa.array([5, 7, 5]).dictionary_encode(), "n": [1, 2, 3]})
    assert table(coded).frame["x"].tolist() == [5, 7, 5]


def test_lists_records_and_bytes_are_left_out_and_named():
    found = table(PLAIN | {"visits": [[1], [2, 3], None], "place": [{"floor": 1}] * 3, "scan": [b"\0"] * 3})
    assert list(found.frame) == list(PLAIN)
    assert found.notes == ("visits, place, scan are left out: they hold lists, records or raw bytes.",)


def test_dots_in_names_are_no_records():
    found = table({"a.b": [1, 2], "a": [3, 4], "a.b.c": ["x", "y"]})
    assert {name: found.frame[name].tolist() for name in found.frame} == {"a.b": [1, 2], "a": [3, 4], "a.b.c": ["x", "y"]}


def test_two_columns_of_one_name_stay_two():
    made = pa.Table.from_arrays([pa.array([1, 2]), pa.array(["x", "y"]), pa.array([3, 4])], names=["a", "b", "a"])
    found = table(made)
    assert found.frame["a"].tolist() == [1, 2]
    assert found.frame["a (2)"].tolist() == [3, 4]
    assert "same name" in found.notes[0]


@pytest.mark.parametrize(("index", "columns"), [(None, ["x", "y"]), (["p", "q"], ["x", "y", "index"])])
def test_an_index_of_pandas_is_a_column(index, columns):
    file = io.BytesIO()
    pd.DataFrame({"x": [1, 2], "y": [3, 4]}, index=index).to_parquet(file)
    assert list(read_parquet(file.getvalue(), "own.parquet", Reading()).frame) == columns


@pytest.mark.parametrize("compression", ["none", "snappy", "gzip", "zstd", "brotli", "lz4"])
def test_however_it_is_packed(compression):
    assert read_parquet(written(PLAIN, compression=compression), "own.parquet", Reading()).frame.equals(table(PLAIN).frame)


def test_a_sample_is_of_whole_rows_from_everywhere():
    count = 200_000
    made = {"n": np.arange(count), "text": [f"t{n}" for n in range(count)]}
    raw = written(made, row_group_size=30_000)
    found = read_parquet(raw, "own.parquet", Reading(rows=1_000))
    assert len(found.frame) == 1_000
    assert found.understood.rows == count
    assert (found.frame["text"] == "t" + found.frame["n"].astype(str)).all()
    assert found.frame["n"].is_monotonic_increasing
    assert found.frame["n"].max() - found.frame["n"].min() > 0.9 * count
    assert "1,000 of the file's 200,000 rows" in found.notes[0]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"a": [1, 2]}, "two columns"),
        ({"a": pa.array([], pa.int64()), "b": pa.array([], pa.int64())}, "only the names"),
        ({"a": [[1], [2]], "b": [[1], [2]]}, "two columns"),
        ({f"c{n}": [1] for n in range(2_001)}, "at most 2,000 columns"),
    ],
    ids=["one column", "no rows", "lists only", "many columns"],
)
def test_what_is_no_table_is_refused(columns, words):
    assert words in refused(written(columns))


def test_too_many_rows_are_refused_and_a_sample_offered():
    raw = written({"a": np.zeros(2_000_001, np.int8), "b": np.zeros(2_000_001, np.int8)})
    assert "1 over" in refused(raw)
    with pytest.raises(TooLarge):
        read_parquet(raw, "own.parquet", Reading())
    assert len(read_parquet(raw, "own.parquet", Reading(rows=10)).frame) == 10


def test_a_few_bytes_that_stand_for_gigabytes_are_refused_at_once():
    """One text of a megabyte, which 20,000 rows share."""
    shared = pa.DictionaryArray.from_arrays(pa.array(np.zeros(20_000, np.int32)), pa.array(["x" * 1_000_000]))
    raw = written({"a": shared, "n": range(20_000)}, dictionary_pagesize_limit=10_000_000)
    assert len(raw) < 2_000_000
    before = pa.default_memory_pool().max_memory()
    assert "when unpacked" in refused(raw)
    assert pa.default_memory_pool().max_memory() - before < 300_000_000


def test_what_is_kept_is_counted(monkeypatch):
    monkeypatch.setattr(parquet, "MAX_KEPT", 1_000)
    assert "Take a random sample" in refused(written({"a": np.arange(200.0), "b": np.arange(200.0)}))
    read_parquet(written({"a": np.arange(200.0), "b": np.arange(200.0)}), "own.parquet", Reading(rows=10))


@pytest.mark.parametrize(
    "raw",
    [b"", b"PAR1", b"PAR1" + b"\0" * 40 + b"PAR1", b"PAR1\xff\xff\xff\x7fPAR1", written(PLAIN)[:-1]],
    ids=["nothing", "start only", "zeros", "long footer", "cut"],
)
def test_what_is_no_parquet_is_refused(raw):
    assert "damaged or not whole" in refused(raw)


def told(raw: bytes) -> str:
    """What is said of a file that is no table; of a table, nothing."""
    try:
        read_parquet(raw, "own.parquet", Reading())
    except UserError as error:
        return str(error)
    return ""


@settings(max_examples=300)
@given(st.data())
def test_damaged_files_are_a_table_or_a_sentence(data):
    raw = bytearray(written(PLAIN | {"day": [datetime.date(2020, 1, 31)] * 3, "list": [[1], [2], [3]]}))
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    assert "\n" not in told(bytes(raw))


@settings(max_examples=100)
@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.integers(-(2**53), 2**53)),
            st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False)),
            st.one_of(st.none(), st.booleans()),
            st.one_of(st.none(), st.sampled_from(["a", "ü b", "🙂", "<b>"])),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_what_is_read_back_equals_what_was_written(rows):
    kinds = (pa.int64(), pa.float64(), pa.bool_(), pa.string())
    made = {f"c{place}": pa.array([row[place] for row in rows], kind) for place, kind in enumerate(kinds)}
    frame = table(made).frame
    for place, column in enumerate(frame):
        assert [None if pd.isna(cell) else cell for cell in frame[column]] == [row[place] for row in rows]

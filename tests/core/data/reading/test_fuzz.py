"""Files that nobody thought of: 2,000 of them give a table or one sentence, and what was written is what is read."""

import codecs
import csv
import gzip
import io

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from core.data.dataset import Table
from core.data.reading import read
from core.data.values import numbers, texts
from core.errors import UserError
from core.experiment import Reading

WORDS = "apple pear plum fig grape quince mango lemon lime melon größe straße naïve"
MISSING = ["", "NA", "n/a", "NULL", "nan", " ", "#N/A", "Null"]
ENCODINGS = {"utf-8": "utf-8", "utf-8-sig": "utf-8", "utf-16": "utf-16", "utf-16-be": "utf-16", "cp1252": "windows-1252"}


def files(number: int) -> settings:
    """So many files, the same every time."""
    return settings(
        max_examples=number, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )


def read_or_refused(raw: bytes, reading: Reading | None = None) -> Table | None:
    """The table, or None for one clear sentence. Anything else is a fault."""
    try:
        table = read(raw, "any.csv", reading)
    except UserError as error:
        told = error
    else:
        told = None
    if told is not None:
        assert told.expected
        assert "\n" not in str(told)
        return None
    assert len(table.frame) >= (2 if reading is None or reading.rows is None else 1)
    assert table.frame.shape[1] > 1
    assert len(set(table.frame.columns)) == table.frame.shape[1]
    assert table.understood is not None
    assert table.understood.rows >= len(table.frame)
    return table


@some.composite
def written(draw: some.DrawFn) -> tuple[bytes, pd.DataFrame, Reading]:
    """A table in some dialect: its bytes, its cells (float64, or texts with None), and the choices it was written with."""
    rows, width = draw(some.integers(5, 30)), draw(some.integers(2, 6))
    seed = np.random.default_rng(draw(some.integers(0, 2**32 - 1)))
    delimiter = draw(some.sampled_from(",;\t| "))
    decimal = draw(some.sampled_from(".," if delimiter != "," else "."))
    encoding, end = draw(some.sampled_from(sorted(ENCODINGS))), draw(some.sampled_from(["\n", "\r\n", "\r"]))
    header, quoting = draw(some.booleans()), draw(some.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    missing, thousands = draw(some.sampled_from(MISSING)), draw(some.booleans()) and quoting == csv.QUOTE_ALL
    if end == "\r" or (delimiter == " " and not missing.strip()):
        quoting = csv.QUOTE_ALL  # else an empty cell is none, and a line end within a cell is not quoted
    mark = "," if decimal == "." else "."
    frame, shown = {}, {}
    for place in range(width):
        gaps = seed.random(rows) < draw(some.sampled_from([0.0, 0.3]))
        gaps[0] &= place > 0  # with nothing above its numbers, a line of words might be the header
        if place == 0 or draw(some.booleans()):
            values = np.round(seed.normal(0, 10.0 ** draw(some.integers(0, 5)), rows), 4) + 0.00001 * (place + 1)
            form = "{:,.5f}" if thousands else "{:.5f}"
            frame[place] = np.where(gaps, np.nan, np.round(values, 5))
            cells = [form.format(value).translate(str.maketrans({",": mark, ".": decimal})) for value in values]
        else:
            pieces = draw(some.sampled_from([" ", "\n", '"', delimiter, "-"]))
            cells = [pieces.join(seed.choice(WORDS.split(), 2)) for _ in range(rows)]
            frame[place] = [None if gap else cell for cell, gap in zip(cells, gaps, strict=True)]
        shown[place] = [missing if gap else cell for cell, gap in zip(cells, gaps, strict=True)]
    names = [
        draw(some.sampled_from(["alpha", "größe", "my name", 'say "x"', f"a{delimiter.strip()}b", "x"])) + f" {i}"
        for i in range(width)
    ]
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerows([names] * header + list(zip(*shown.values(), strict=True)))
    raw = file.getvalue().encode(encoding)
    raw = codecs.BOM_UTF16_BE + raw if encoding == "utf-16-be" else raw
    expected = pd.DataFrame(frame).set_axis(names if header else [f"column {i + 1}" for i in range(width)], axis=1)
    return raw, expected, Reading(encoding=ENCODINGS[encoding], delimiter=delimiter, decimal=decimal, header=header, skip=0)


def same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    assert list(found) == list(expected)
    for name, cells in expected.items():
        if cells.dtype == object or isinstance(cells.dtype, pd.StringDtype):
            known = [None if pd.isna(cell) else str(cell) for cell in cells]
            assert [None if pd.isna(cell) else cell for cell in texts(found[name])] == known
        else:
            np.testing.assert_allclose(numbers(found[name]), cells.to_numpy(), rtol=1e-12, atol=1e-12)


@files(600)
@given(written())
def test_what_was_written_is_read_when_told_how(made: tuple[bytes, pd.DataFrame, Reading]) -> None:
    raw, expected, reading = made
    table = read(raw, "any.csv", reading)
    same(table.frame, expected)


@files(600)
@given(written(), some.booleans())
def test_what_was_written_is_read_by_looking(made: tuple[bytes, pd.DataFrame, Reading], packed: bool) -> None:
    raw, expected, reading = made
    table = read(gzip.compress(raw, 1) if packed else raw, "any.csv")
    assert table.understood is not None
    assert table.understood.reading.delimiter == reading.delimiter
    assert table.understood.reading.header == reading.header
    assert table.understood.packed == ("gzip" if packed else "")
    same(table.frame, expected)


@files(300)
@given(written(), some.data())
def test_damaged_files_are_read_or_refused(made: tuple[bytes, pd.DataFrame, Reading], data: some.DataObject) -> None:
    raw = bytearray(made[0])
    for _ in range(data.draw(some.integers(1, 5))):
        place = data.draw(some.integers(0, len(raw) - 1))
        piece = data.draw(
            some.binary(max_size=4) | some.sampled_from([b'"', b"\0", b"\r", b"\n", b";", b",", b"\xff\xfe", b"\x1f\x8b"])
        )
        raw[place : place + data.draw(some.integers(0, 6))] = piece
    read_or_refused(bytes(raw))


@files(200)
@given(
    some.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"\xff\xfe", b"\xef\xbb\xbf", b"PAR1", b"a,b\n1,2\n"]),
    some.binary(max_size=200),
)
def test_any_bytes_are_read_or_refused(start: bytes, raw: bytes) -> None:
    read_or_refused(start + raw)


choices = some.builds(
    Reading,
    encoding=some.sampled_from([None, "utf-8", "utf-16", "windows-1252", "latin-1"]),
    delimiter=some.sampled_from([None, ",", ";", "\t", "|", " "]),
    decimal=some.sampled_from([None, ".", ","]),
    header=some.sampled_from([None, True, False]),
    skip=some.sampled_from([None, 0, 1, 5]),
    rows=some.sampled_from([None, 1, 3]),
)


@files(300)
@given(some.text(some.sampled_from('ab,;"\n\r\t |1.-%#$()\ufeffä\u202eNA'), max_size=80), choices)
def test_any_text_is_read_or_refused_whatever_is_chosen(text: str, reading: Reading) -> None:
    read_or_refused(text.encode(), reading)

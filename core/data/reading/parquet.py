"""Parquet files into tables, by pyarrow, which wrote most of them. Knows nothing of what the columns mean.

What a file says of its own size is a first limit and not trusted: columns are read one at a time and in pieces, texts stay
shared as they are in the file until their length is known, and what is kept is counted on the way.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from core.data.dataset import Table, Understood
from core.data.reading.limits import MAX_ROWS, OFFERED, TooLarge, check_bytes, check_columns, check_rows, chosen, sampled
from core.data.reading.names import listed, named
from core.data.reading.typed import settled
from core.errors import UserError
from core.experiment import Reading

MAX_KEPT = 1_000_000_000  # bytes of a table as it is read
MAX_DRAWN_FROM = 50 * MAX_ROWS
BATCH = 50_000  # rows of one column at a time
FAULTS = (pa.ArrowException, OSError, MemoryError, OverflowError, ValueError, LookupError, TypeError, RuntimeError)
"""What pyarrow raises for files that are damaged or forged."""
MIDNIGHT = " 00:00:00"


def read_parquet(raw: bytes | Path, name: str, reading: Reading) -> Table:
    """The table in a Parquet file: numbers, True and False, texts; dates and times as texts such as 2020-01-31.

    Lists, records and raw bytes are left out, with a note. Raises `UserError` for what cannot be read or is over the limits.
    """
    if reading.rows is None:
        check_bytes(len(raw) if isinstance(raw, bytes) else raw.stat().st_size)
    try:
        with pa.BufferReader(raw) if isinstance(raw, bytes) else pa.memory_map(str(raw)) as file:
            return _table(file, name, reading)
    except UserError:
        raise
    except FAULTS as error:
        raise UserError(
            f"{name} should be a Parquet file that can be read.",
            "one that is damaged or not whole",
            "Write it again, or save the table as CSV.",
        ) from error


def _table(file: Any, name: str, reading: Reading) -> Table:
    plain = pq.ParquetFile(file)
    texts = [plain.schema.column(place).path for place in range(len(plain.schema)) if _is_bytes(plain.schema.column(place))]
    parquet = pq.ParquetFile(file, read_dictionary=texts)
    fields, rows = list(plain.schema_arrow), plain.metadata.num_rows
    usable = [place for place, field in enumerate(fields) if _usable(field.type)]
    left = [str(field.name) for place, field in enumerate(fields) if place not in set(usable)]
    check_columns(len(usable))
    if reading.rows is None or rows > MAX_DRAWN_FROM:
        check_rows(rows)
    if not rows:
        raise UserError(f"{name} should have rows.", "only the names of columns", "Choose another file.")
    columns, notes = named([re.sub(r"^__index_level_(\d+)__$", "index", fields[place].name) for place in usable])
    taken = None if reading.rows is None or reading.rows >= rows else chosen(rows, reading.rows)
    kept = 0
    values: dict[str, np.ndarray | pa.ChunkedArray] = {}
    for column, place in zip(columns, usable, strict=True):
        pieces = []
        for piece in _pieces(parquet, fields, place, rows, taken):
            kept += _size(piece)
            if kept > MAX_KEPT:
                raise TooLarge(
                    f"A table should take at most {MAX_KEPT // 10**6:,} MB when unpacked.",
                    f"more in {name}",
                    f"Take a random sample of {OFFERED:,} rows, or leave out columns of long texts.",
                )
            pieces.append(_plain(piece))
        values[column] = _values(pa.chunked_array(pieces))
    found = settled(values, reading)
    told = (*notes, *_left_out(left), *found.notes, *sampled(rows, reading.rows))
    return Table(name, found.frame, told, understood=Understood("Parquet", reading, rows=rows, columns=found.done))


def _is_bytes(column: pq.ColumnSchema) -> bool:
    return column.physical_type == "BYTE_ARRAY" and not column.max_repetition_level


def _usable(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        return _usable(kind.value_type)
    tests = ("integer", "floating", "decimal", "boolean", "string", "large_string", "string_view", "temporal", "null")
    return any(getattr(pa.types, f"is_{test}")(kind) for test in tests) and not pa.types.is_interval(kind)


def _pieces(
    parquet: pq.ParquetFile, fields: list[pa.Field], place: int, rows: int, taken: np.ndarray | None
) -> Iterator[pa.Array]:
    """The cells of one column, piece by piece; of `taken` rows only. Raises `ValueError` where there are others than told."""
    name = fields[place].name
    number = sum(field.name == name for field in fields[:place])  # of several of one name
    passed = 0
    for batch in parquet.iter_batches(BATCH, columns=[name]):
        piece = batch.column(batch.schema.get_all_field_indices(name)[number])
        if taken is not None:
            first, last = np.searchsorted(taken, (passed, passed + len(piece)))
            piece = piece.take(pa.array(taken[first:last] - passed))
        passed += batch.num_rows
        if passed > rows:
            break
        yield piece
    if passed != rows:
        raise ValueError(f"{passed} rows instead of {rows}")


def _size(piece: pa.Array) -> int:
    """Bytes of the cells, were each to have a text of its own."""
    if not pa.types.is_dictionary(piece.type):
        return piece.nbytes
    if not _is_text(piece.type.value_type):
        return 8 * len(piece)
    lengths = pc.binary_length(piece.dictionary).cast(pa.int64())
    return 4 * len(piece) + (pc.sum(lengths.take(piece.indices)).as_py() or 0)


def _is_text(kind: pa.DataType) -> bool:
    return pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)


def _plain(piece: pa.Array) -> pa.Array:
    """The cells as bool, int64, float64 or string, whatever they were."""
    piece = piece.dictionary_decode() if pa.types.is_dictionary(piece.type) else piece
    kind = piece.type
    if pa.types.is_boolean(kind):
        return piece
    if pa.types.is_date(kind):
        return pc.strftime(piece, "%Y-%m-%d")
    if pa.types.is_timestamp(kind):
        return pc.strftime(piece.cast(pa.timestamp("s"), safe=False), f"%Y-%m-%d{MIDNIGHT.replace('00:00:00', '%H:%M:%S')}")
    if pa.types.is_time(kind):
        return pc.strftime(piece.cast(pa.int64()).cast(pa.timestamp(kind.unit)).cast(pa.timestamp("s"), safe=False), "%H:%M:%S")
    if pa.types.is_duration(kind):
        return pc.divide(piece.cast(pa.duration("us"), safe=False).cast(pa.int64()).cast(pa.float64()), 1e6)
    if _is_text(kind):
        return piece.cast(pa.string())
    return piece.cast(pa.int64() if pa.types.is_integer(kind) and not pa.types.is_uint64(kind) else pa.float64(), safe=False)


def _values(column: pa.ChunkedArray) -> np.ndarray | pa.ChunkedArray:
    """A column for `settled`: numbers, True and False, or texts."""
    if pa.types.is_string(column.type):
        known = column.drop_null()
        if len(known) and pc.all(pc.ends_with(known, MIDNIGHT)).as_py():
            return pc.utf8_slice_codeunits(column, 0, -len(MIDNIGHT))
        return column
    if pa.types.is_boolean(column.type) and column.null_count:
        if column.null_count == len(column):
            return np.full(len(column), np.nan)
        return np.array([np.nan if cell is None else cell for cell in column.to_pylist()], dtype=object)
    return column.to_numpy()


def _left_out(names: list[str]) -> tuple[str, ...]:
    if not names:
        return ()
    verb, holds = ("is", "it holds") if len(names) == 1 else ("are", "they hold")
    return (f"{listed(names)} {verb} left out: {holds} lists, records or raw bytes.",)

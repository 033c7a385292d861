"""Bytes that someone dropped into a table, or one sentence on why not. Knows nothing of what the columns mean.

For now: comma-separated text with a header, UTF-8 with or without a byte-order mark. Other formats go behind `read` too.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator

import pandas as pd

from core.data.dataset import Table
from core.errors import UserError

MAX_BYTES, MAX_ROWS, MAX_COLUMNS = 200_000_000, 2_000_000, 2_000
EMPTY = ("", "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "#N/A")  # cells that say there is no value
OTHERS = {b"PK": "an Excel or zip file", b"%PDF": "a PDF file", b"\x1f\x8b": "a gzip file", b"PAR1": "a Parquet file"}
SAVE = "Save it as CSV in UTF-8, with a comma between cells and the columns' names in the first line."


def read(raw: bytes, name: str) -> Table:
    """The table in a file's bytes; `notes` say what was decided on the way.

    Raises `UserError` for what is empty, too large, no UTF-8 text, not comma-separated, or has no proper header.
    """
    _check_text(raw, name)
    header, notes = _header(raw, name)
    try:
        frame = pd.read_csv(
            io.BytesIO(raw),
            encoding="utf-8-sig",
            header=0,
            names=header,
            keep_default_na=False,
            na_values=list(EMPTY),
            nrows=MAX_ROWS + 1,
            low_memory=False,
        )
    except pd.errors.ParserError as error:
        raise _broken(str(error), name, len(header)) from error
    if len(frame) > MAX_ROWS:
        raise UserError(f"A table should have at most {MAX_ROWS:,} rows.", "more", "Take a part of it.")
    if frame.empty:
        raise UserError(f"{name} should have rows below its header.", "only the header", "Choose another file.")
    return Table(name, frame, (*notes, *_gaps(frame, raw, len(header))))


def _broken(reason: str, name: str, width: int) -> UserError:
    """What pandas says of a line that it could not split, for people."""
    if found := re.search(r"in line (\d+), saw (\d+)", reason):
        line, cells = found.groups()
        return UserError(
            f"Every line of {name} should have {width} cells.",
            f"{cells} in line {line}",
            "Put quotes around cells with a comma.",
        )
    if found := re.search(r"EOF inside string starting at row (\d+)", reason):
        row = int(found[1]) + 1
        return UserError(f"Every quote in {name} should be closed.", f"one open from line {row} on", "Close it or take it out.")
    return UserError(f"{name} should be a CSV file.", "lines that cannot be split into cells", SAVE)


def _check_text(raw: bytes, name: str) -> None:
    if not raw.removeprefix(codecs.BOM_UTF8).strip():
        raise UserError(f"{name} should hold a table.", "an empty file", "Choose another file.")
    if len(raw) > MAX_BYTES:
        raise UserError(
            f"A file should have at most {MAX_BYTES // 10**6} MB.", f"{len(raw) / 10**6:,.0f} MB", "Take a part of its rows."
        )
    kind = next((what for start, what in OTHERS.items() if raw.startswith(start)), "binary data" if b"\0" in raw else "")
    if kind:
        raise UserError(f"{name} should be a CSV file.", kind, SAVE)
    try:
        raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UserError(f"{name} should be text in UTF-8.", f"other bytes in line {line}", SAVE) from error


def _lines(raw: bytes) -> Iterator[list[str]]:
    """The cells of each line that is not blank."""
    reader = csv.reader(io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8-sig"))
    return (cells for cells in reader if cells)


def _header(raw: bytes, name: str) -> tuple[list[str], list[str]]:
    lines = _lines(raw)
    try:
        header = [cell.strip() for cell in next(lines, [""])]
        first = next(lines, None)
    except csv.Error as error:
        raise UserError(f"{name} should be a CSV file.", f"a line that breaks: {error}", SAVE) from error
    if len(header) < 2:
        separator = next((title for mark, title in {";": "“;”", "\t": "tabs", "|": "“|”"}.items() if mark in header[0]), "")
        found = f"cells separated by {separator}" if separator else f"one column, “{header[0]:.40}”"
        raise UserError(f"{name} should have at least two columns, separated by commas.", found, SAVE)
    if len(header) > MAX_COLUMNS:
        raise UserError(f"A table should have at most {MAX_COLUMNS:,} columns.", f"{len(header):,}", "Take a part of it.")
    if all(_is_number(cell) for cell in header if cell):
        raise UserError(
            f"The first line of {name} should name the columns.", f"“{','.join(header):.40}”", "Add a line of names."
        )
    nameless = [place + 1 for place, cell in enumerate(header) if not cell]
    header = [cell or f"column {place + 1}" for place, cell in enumerate(header)]
    if twice := next((cell for cell in header if header.count(cell) > 1), None):
        raise UserError(f"Each column of {name} should have a name of its own.", f"“{twice}” twice", "Rename one of them.")
    if first and len(first) > len(header):
        raise UserError(
            f"Every line of {name} should have {len(header)} cells.", f"{len(first)} in the first row", "Name every column."
        )
    return header, [f"Column {place} had no name and is called “column {place}”." for place in nameless]


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _gaps(frame: pd.DataFrame, raw: bytes, width: int) -> list[str]:
    """Sentences on empty cells, and on lines that end early (only looked for where the last column has gaps)."""
    notes = []
    if gaps := int(frame.isna().to_numpy().sum()):
        notes.append(f"{gaps:,} cells are empty or say so (such as NA), and count as missing.")
    if frame.iloc[:, -1].isna().any() and (short := sum(len(cells) < width for cells in _lines(raw))):
        notes.append(f"{short:,} lines have fewer than {width} cells: what they lack counts as missing. Is the file whole?")
    return notes

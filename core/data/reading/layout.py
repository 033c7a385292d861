"""How a text is laid out: what stands above the table, which mark parts its cells, whether it has a header.

Knows nothing of encodings and of what cells mean. Decides by the first rows; what a person chose in a `Reading` is not decided.
"""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from core.data.reading.cells import EMPTY
from core.data.reading.encoding import Raw
from core.data.reading.limits import check_columns
from core.data.reading.names import named, unnamed
from core.data.reading.numerals import is_number
from core.errors import UserError
from core.experiment import Reading

Delimiter = Literal[",", ";", "\t", "|", " "]
DELIMITERS: tuple[Delimiter, ...] = ("\t", ";", "|", ",", " ")  # of two that fit equally well, the first
WORDS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "“|”", " ": "spaces"}
COMMENTS = ("#", "%", "//")
COMMENT = re.compile(r"^\s*(#|%|//)+\s*")
MAX_LINE = 2_000_000  # bytes; also the longest cell
MAX_SKIP = 1_000  # lines, as the document has it
LOOKED = 200  # rows
HEAD = 1 << 18
QUOTED = re.compile(r'(?<![^,;\t| \r\n])"(?:[^"]|"")*"(?![^,;\t| \r\n])')
STOOD = "\ue001"  # where something in quotes stood
QUOTED_OR_SPACES = re.compile(rb'("(?:[^"]|"")*")|((?<![^\r\n]) +| +(?![^\r\n]))| {2,}')


@dataclass(frozen=True)
class Layout:
    """start: the byte at which the first row of cells begins; line: its number in the file; names: one for each column."""

    start: int
    line: int
    delimiter: Delimiter
    header: bool
    skip: int
    names: list[str]
    notes: tuple[str, ...] = field(default=())


def layout(raw: Raw, start: int, name: str, reading: Reading) -> Layout:
    """How the UTF-8 in `raw` from `start` on is laid out. Raises `UserError` where there is no table of two columns or more."""
    lines = _head(raw, start, name)
    said = re.fullmatch(r"sep=([,;\t|])", lines[0].strip("\r\n")) if lines else None
    skip = _above(lines, said is not None) if reading.skip is None else min(reading.skip, len(lines))
    body = lines[skip:]
    while body and not body[0].strip():
        skip, body = skip + (reading.skip is None), body[1:]
    passed = len(lines) - len(body)
    if skip > MAX_SKIP:
        raise UserError(f"At most {MAX_SKIP:,} lines should stand above the table.", f"{skip:,} in {name}", "Take some out.")
    if not body:
        raise UserError(f"{name} should hold a table.", f"nothing below its first {passed:,} lines", "Skip fewer lines.")
    delimiter: Delimiter = reading.delimiter or (said[1] if said else _delimiter(body))  # type: ignore[assignment]
    if reading.skip is not None and reading.header and _is_comment(body[0]):
        body = [COMMENT.sub("", body[0]), *body[1:]]
    rows, ends = _rows(body, delimiter)
    above = _commented(lines[:passed], rows, delimiter) if reading.skip is None and reading.header is None else None
    if above is not None:
        skip, passed, body = passed - 1, passed - 1, [lines[passed - 1], *body]
        rows, ends = [above, *rows], [1, *(end + 1 for end in ends)]
    if not rows:
        raise UserError(f"{name} should hold a table.", "lines without cells", "Choose another file.")
    header = above is not None or (has_header(rows) if reading.header is None else reading.header)
    width = len(rows[0]) if header else Counter(len(row) for row in rows).most_common(1)[0][0]
    _check_width(rows, width, name, delimiter, reading)
    names, notes = named(rows[0]) if header else (unnamed(width), ())
    taken = ends[0] if header else 0
    if header and len(rows) < 2 and not raw[start + _size(lines[: passed + taken]) :].strip():
        raise UserError(
            f"{name} should have rows below its header.",
            "only the header",
            "Choose another file, or say that the first line holds no names.",
        )
    if not header and reading.header is None:
        notes = ("The first line holds no names: the columns are called “column 1” and so on.",)
    if above is not None:
        notes = ("The names are those in the last comment above the table.", *notes)
    at = start + _size(lines[: passed + taken])
    return Layout(at, passed + taken + 1, delimiter, header, skip, names, notes)


def split(lines: list[str], delimiter: Delimiter) -> tuple[list[list[str]], list[int]]:
    """The cells of each row that is not blank, and after how many lines it ends."""
    text = "".join(lines)
    text = spaced(text.encode()).decode() if delimiter == " " else text
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows, ends = [], []
    for row in reader:
        if len(row) > 1 or (row and row[0].strip()):
            rows.append(row)
            ends.append(reader.line_num)
    return rows, ends


def spaced(text: bytes) -> bytes:
    """The text with one space where runs of them part cells, and none at the ends of lines; spaces in quotes stay."""
    if b'"' in text:
        return QUOTED_OR_SPACES.sub(lambda found: found[1] or (b" " if found[2] is None else b""), text)
    return re.sub(rb" {2,}", b" ", re.sub(rb"(?<![^\r\n]) +| +(?![^\r\n])", b"", text))


def _head(raw: Raw, start: int, name: str) -> list[str]:
    """The first whole lines of the file, each with its end: so many that the first rows are among them."""
    size = HEAD
    while True:
        head = raw[start : start + size]
        lines = list(io.StringIO(head.decode(errors="replace"), newline=""))
        if len(raw) <= start + size:
            break
        if len(lines) > 20 or size >= MAX_LINE:
            lines.pop()
            break
        size = min(8 * size, MAX_LINE)
    if not head.strip() and len(raw) <= start + size:
        raise UserError(f"{name} should hold a table.", "an empty file", "Choose another file.")
    if not lines or max(map(len, lines)) >= MAX_LINE:
        raise UserError(
            f"A line of {name} should have at most {MAX_LINE:,} bytes.",
            f"more in line {len(lines) + 1:,}",
            "Is it a table of lines? Export it as CSV.",
        )
    return lines


def _size(lines: list[str]) -> int:
    return sum(len(line.encode()) for line in lines)


def _above(lines: list[str], said: bool) -> int:
    """How many lines stand above the table: what Excel says of the mark, comments, blank lines."""
    passed = int(said)
    while passed < len(lines) and (not lines[passed].strip() or _is_comment(lines[passed])):
        passed += 1
    return passed


def _is_comment(line: str) -> bool:
    """A line that begins as a comment, unless what begins so is a column's name, as in “#,name” or “%|share”."""
    line = line.strip()
    mark = next((mark for mark in COMMENTS if line.startswith(mark)), None)
    return mark is not None and line[len(mark) : len(mark) + 1] not in (*DELIMITERS[:4],)


def _commented(above: list[str], rows: list[list[str]], delimiter: Delimiter) -> list[str] | None:
    """The names in the last comment above a table without a header, where it has as many cells as the rows."""
    if not above or not _is_comment(above[-1]) or has_header(rows):
        return None
    found, _ = split([COMMENT.sub("", above[-1])], delimiter)
    fits = bool(found) and len(found[0]) > 1 and len(found[0]) == len(rows[0]) and not any(map(is_number, found[0]))
    return found[0] if fits else None


def _rows(lines: list[str], delimiter: Delimiter) -> tuple[list[list[str]], list[int]]:
    """The first rows; a row that is cut at the end of what was looked at is none."""
    try:
        rows, ends = split(lines, delimiter)
    except csv.Error:  # a cell too long for it
        rows, ends = split(lines[:1], delimiter)
    return rows[:LOOKED], ends[:LOOKED]


def _delimiter(lines: list[str]) -> Delimiter:
    """The mark that gives most rows the same number of cells, two at least, and has quotes around whole cells."""

    lines = QUOTED.sub(STOOD, "".join(lines)).splitlines(keepends=True)  # what stands in quotes parts no cells

    def fit(delimiter: Delimiter) -> tuple[float, int]:
        rows, _ = _rows(lines, delimiter)
        width, often = Counter(len(row) for row in rows).most_common(1)[0] if rows else (1, 0)
        if width < 2:
            width, often = max(((len(row), 0) for row in rows), default=(1, 0))
        share = often / max(len(rows), 1)
        if delimiter == " " and (share < 1 or len(rows) < 2):  # words have spaces between them, too
            share = 0.0
        if any(STOOD in cell and cell.strip() != STOOD for row in rows for cell in row):
            share *= 0.5
        whole = len(rows) > 0 and len(rows[0]) == width  # the first line has as many
        return (share if whole else 0.7 * share) if width > 1 else -1.0, -DELIMITERS.index(delimiter)

    return max(DELIMITERS[:4] if lines[0].strip().count(" ") == 0 else DELIMITERS, key=fit)


def has_header(rows: list[list[str]]) -> bool:
    """Whether the first row names the columns: words over numbers, or words that do not come again below."""
    first, below = rows[0], rows[1:]
    if not below:
        return not all(is_number(cell) for cell in first if cell.strip())
    columns = [[row[place] for row in below if place < len(row) and row[place].strip()] for place in range(len(first))]
    amounts = [bool(cells) and sum(map(is_number, cells)) > 0.5 * len(cells) for cells in columns]
    names = [cell for cell in first if cell.strip() not in EMPTY]
    if not names:
        return False
    if any(amount and cell in names and not is_number(cell) for amount, cell in zip(amounts, first, strict=True)):
        return True
    numerals = [cell.strip() for cell in names if is_number(cell)]
    if numerals:
        return len(numerals) < len(names) and _years(numerals) and not _years(below[0])
    again = sum(cell in cells for cell, cells in zip(first, columns, strict=True) if cell in names)
    return 2 * again < len(names)


def _years(cells: list[str]) -> bool:
    """Whether they count years, as columns may be named: 2019, 2020, 2021."""
    years = [int(cell) for cell in cells if re.fullmatch(r"(19|20)\d\d", cell.strip())]
    return len(years) > 1 and len(years) >= sum(map(is_number, cells)) and years == list(range(years[0], years[0] + len(years)))


def _check_width(rows: list[list[str]], width: int, name: str, delimiter: Delimiter, reading: Reading) -> None:
    if width < 2:
        if reading.delimiter is None:
            found = f"one column, “{' '.join(rows[0][0].split()):.40}”"
            fix = "Put commas, semicolons, tabs or “|” between the cells."
        else:
            found, fix = f"one column with {WORDS[delimiter]} between cells", "Choose another mark between the cells."
        raise UserError(f"{name} should have at least two columns: one to learn from, and one to predict.", found, fix)
    check_columns(width)

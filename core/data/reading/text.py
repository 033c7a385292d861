"""Text with a mark between its cells, into a table. Knows nothing of files, archives, and what columns mean.

Arrow's streaming reader parses. 1,000,000 x 20 numbers (188 MB), alone on two cores: pandas' C reader 0.7 s and 504 MB, Arrow's
whole reader 0.8 s and 586 MB, its streaming reader 1.5 s and 394 MB; polars, as texts turned to numbers, as long and 563 MB. It
is taken because cells come block by block as texts, so that what is a number is decided here and no text is lost, rows are
counted and drawn on the way, and memory stays below twice the file. Lines of unequal length, which Arrow refuses, go through
Python's `csv`, which is slower and says where they are.
"""

import contextlib
import csv
import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as arrow

from core.data.dataset import Table, Understood
from core.data.reading import limits
from core.data.reading.cells import EMPTY, Cells, Settled, numbers, settle
from core.data.reading.encoding import Raw, decoded, pieces
from core.data.reading.layout import WORDS, Layout, layout, spaced
from core.data.reading.numerals import Decimal
from core.errors import UserError
from core.experiment import Reading

BLOCK = 1 << 22  # bytes parsed at once: longer than any line may be
LARGE = 1 << 18  # bytes; in a smaller file it is not worth while to look which columns hold numbers
HALVED = range(
    1 << 22, 1 << 28
)  # bytes of a file that is parsed in halves; of a larger one, a half is too much to hold as texts
ROWS = 20_000  # at once, from Python's reader
END = "\ue000the end\ue000"  # a line of our own behind the last: a quote left open swallows it


class _Uneven(Exception):  # noqa: N818 (no fault, but a reason to go another way)
    """Arrow cannot split some line: Python's reader can, or says which."""


def read_text(raw: Raw, name: str, reading: Reading) -> Table:
    """The table in the bytes of a text.

    Raises `UserError` for what is no table, `TooLarge` for one of too many rows where no sample is asked for.
    """
    text = decoded(raw, name, reading.encoding)
    look = layout(text.raw, text.start, name, reading)
    lines = _Lines(text.raw, look, name)
    while True:
        try:
            total, columns = _gathered(lines, reading.rows)
            found = _settled(lines, columns, reading, total)
            break
        except _Uneven:
            lines.even, lines.floats = bool(lines.floats), set()  # a word among numbers, or a line that is too long or short
    notes = (*text.notes, *look.notes, *found.notes, *_gaps(found.frame, lines), *limits.sampled(total, reading.rows))
    decided = {
        "encoding": text.encoding,
        "delimiter": look.delimiter,
        "decimal": found.decimal,
        "header": look.header,
        "skip": look.skip,
    }
    understood = Understood("text", reading.model_copy(update=decided), rows=total, columns=found.done)
    return Table(name, found.frame, notes, understood=understood)


class _Lines:
    """The rows below the header. even: all have as many cells as there are columns, as far as is known; short: have fewer.

    floats: columns that hold numbers with fractions, as far as is known: in a large file these are parsed at once.
    """

    def __init__(self, raw: Raw, look: Layout, name: str) -> None:
        self.look, self.name, self.width = look, name, len(look.names)
        self.data = pa.py_buffer(raw).slice(look.start)
        if look.delimiter == " ":
            self.data = pa.py_buffer(spaced(self.data.to_pybytes()))
        quotes = sum(piece.count(b'"') for piece in pieces(raw, look.start))
        self.quoted, self.even, self.short = quotes > 0, quotes % 2 == 0, 0
        self.floats: set[int] = set()
        if len(self.data) > LARGE and not self.quoted:
            head = self.data.slice(0, LARGE).to_pybytes()
            head = head[: max(head.rfind(b"\n"), head.rfind(b"\r")) + 1]
            with contextlib.suppress(_Uneven):
                for block in self._fast(pa.py_buffer(head), dict.fromkeys(range(self.width), True)):
                    parsed = map(numbers, block.columns)
                    self.floats = {place for place, each in enumerate(parsed) if each is not None and each.type == pa.float64()}

    def blocks(self, places: dict[int, bool]) -> Iterator[pa.RecordBatch]:
        """The cells of some columns, null where one is empty. places: and whether texts are asked for, whatever they hold.

        Raises `_Uneven`, or `UserError` for what is no row.
        """
        return self._fast(self.data, places) if self.even else self._careful(list(places))

    def _fast(self, data: pa.Buffer, places: dict[int, bool]) -> Iterator[pa.RecordBatch]:
        """Of a large file one half is parsed beside the other: Arrow's stream keeps one processor busy."""
        cut = _line_end(data, len(data) // 2) if len(data) in HALVED and not self.quoted else 0
        with ThreadPoolExecutor(1) as beside:
            rest = beside.submit(list, self._parsed(data.slice(cut), places)) if cut else None
            yield from self._parsed(data.slice(0, cut) if cut else data, places)
            if rest is not None:
                yield from rest.result()

    def _parsed(self, data: pa.Buffer, places: dict[int, bool]) -> Iterator[pa.RecordBatch]:
        columns = [str(place) for place in range(self.width)]
        floats = {place for place, texts in places.items() if not texts} & self.floats
        kinds = {str(place): pa.float64() if place in floats else pa.string() for place in range(self.width)}
        try:
            yield from arrow.open_csv(
                pa.BufferReader(data),
                arrow.ReadOptions(column_names=columns, block_size=BLOCK),
                arrow.ParseOptions(
                    delimiter=self.look.delimiter,
                    newlines_in_values=self.quoted,
                    invalid_row_handler=lambda row: "error" if row.text.strip() else "skip",
                ),
                arrow.ConvertOptions(
                    column_types=kinds,
                    include_columns=[str(place) for place in places],
                    null_values=list(EMPTY),
                    strings_can_be_null=True,
                    check_utf8=False,
                ),
            )
        except pa.ArrowInvalid as error:
            raise _Uneven from error

    def _careful(self, places: list[int]) -> Iterator[pa.RecordBatch]:
        self.short, rows, nothing = 0, [], dict.fromkeys(EMPTY)
        for row in self._split():
            if len(row) < self.width:
                self.short += 1
                row += [""] * (self.width - len(row))
            rows.append([nothing.get(row[place], row[place]) for place in places])
            if len(rows) == ROWS:
                yield _batch(rows, places)
                rows = []
        if rows:
            yield _batch(rows, places)

    def _split(self) -> Iterator[list[str]]:
        """The cells of each row that is not blank."""

        def lines() -> Iterator[str]:
            yield from io.TextIOWrapper(pa.BufferReader(self.data), encoding="utf-8", newline="")
            yield END

        reader, line = csv.reader(lines(), delimiter=self.look.delimiter), self.look.line
        try:
            for row in reader:
                if row and row[-1].endswith(END):
                    if row != [END]:
                        break
                    return
                if len(row) > self.width:
                    raise self._too_long(len(row), line)
                if len(row) > 1 or (row and row[0].strip()):
                    yield row
                line = self.look.line + reader.line_num
        except csv.Error as error:
            raise UserError(
                f"Every cell of {self.name} should have at most {csv.field_size_limit():,} characters.",
                f"more in line {line:,}",
                "Is a quote left open there?",
            ) from error
        raise UserError(
            f"Every quote in {self.name} should be closed.", f"one open from line {line:,} on", "Close it or take it out."
        )

    def _too_long(self, cells: int, line: int) -> UserError:
        mark = {" ": "spaces", "\t": "a tab", "|": "“|”", ";": "a semicolon", ",": "a comma"}[self.look.delimiter]
        fix = f"Put quotes around cells with {mark}"
        if line == self.look.line:
            fix = "Name every column"
        return UserError(
            f"Every line of {self.name} should have {self.width:,} cells, with {WORDS[self.look.delimiter]} between them.",
            f"{cells:,} in line {line:,}",
            f"{fix}, or say how many lines stand above the table.",
        )


def _line_end(data: pa.Buffer, start: int) -> int:
    """Where a line begins after `start`; 0 where none does soon."""
    piece = data.slice(start, min(LARGE, len(data) - start)).to_pybytes()
    end = max(piece.find(b"\n"), piece.find(b"\r") if b"\n" not in piece else -1)
    return start + end + 1 if 0 <= end < len(data) - start - 1 else 0


def _batch(rows: list[list[str | None]], places: list[int]) -> pa.RecordBatch:
    columns = [pa.array(cells, pa.string()) for cells in zip(*rows, strict=True)]
    return pa.RecordBatch.from_arrays(columns, [str(place) for place in places])


def _gathered(lines: _Lines, wanted: int | None) -> tuple[int, list[Cells]]:
    """How many rows there are, and all columns of them or of those that are drawn."""
    chosen = None if wanted is None else _chosen(sum(block.num_rows for block in lines.blocks({0: True})), wanted)
    columns = [Cells() for _ in range(lines.width)]
    total = _gather(lines, dict(enumerate(columns)), chosen)
    if again := {place: Cells(texts=True) for place, column in enumerate(columns) if column.lost}:
        _gather(lines, again, chosen)
        columns = [again.get(place, column) for place, column in enumerate(columns)]
    return total, columns


def _gather(lines: _Lines, columns: dict[int, Cells], chosen: np.ndarray | None) -> int:
    """Fills the columns. Raises `TooLarge` once all rows are counted, where there are too many and none are chosen."""
    total = 0
    for block in lines.blocks({place: cells.texts for place, cells in columns.items()}):
        first, total = total, total + block.num_rows
        if chosen is not None:
            block = block.take(pa.array(chosen[np.searchsorted(chosen, first) : np.searchsorted(chosen, total)] - first))
        elif total > limits.MAX_ROWS:
            columns.clear()
        for column, cells in zip(columns.values(), block.columns, strict=False):
            column.add(cells)
    if chosen is None:
        limits.check_rows(total)
    if total < 2:
        raise UserError(f"{lines.name} should have at least two rows.", "one" if total else "none", "Choose another file.")
    return total


def _settled(lines: _Lines, columns: list[Cells], reading: Reading, total: int) -> Settled:
    """The columns as they are to be; those of which more is to be known are gathered again as texts."""
    likely: Decimal = "," if lines.look.delimiter == ";" else "."
    while isinstance(found := settle(columns, lines.look.names, reading.decimal, likely), set):
        again = {place: Cells(texts=True) for place in found}
        _gather(lines, again, _chosen(total, reading.rows))
        columns = [again.get(place, column) for place, column in enumerate(columns)]
    return found


def _chosen(total: int, wanted: int | None) -> np.ndarray | None:
    return None if wanted is None or wanted >= total else limits.chosen(total, wanted)


def _gaps(frame: pd.DataFrame, lines: _Lines) -> list[str]:
    """Sentences on empty cells and on lines that end early."""
    notes = []
    if gaps := sum(int(column.isna().sum()) for _, column in frame.items()):
        cells = (
            "One cell is empty or says so (such as NA), and counts"
            if gaps == 1
            else f"{gaps:,} cells are empty or say so (such as NA), and count"
        )
        notes.append(f"{cells} as missing.")
    if lines.short:
        have = "One line has" if lines.short == 1 else f"{lines.short:,} lines have"
        lack = "it lacks" if lines.short == 1 else "they lack"
        notes.append(f"{have} fewer than {lines.width:,} cells: what {lack} counts as missing. Is the file whole?")
    return notes

"""Excel workbooks (.xlsx, .xlsm) into tables: the values as they were stored. Knows nothing of what the columns mean.

Read by python-calamine: on 60,000 rows of 20 columns it took 1.6 s where openpyxl (read only, values only) took 15 s, and it
reads values alone: formulas give the result that was stored with them, macros and links to other files are not looked at.
What it cannot bear, `core.data.reading.workbook` refuses or leaves out before.
"""

import datetime
from collections.abc import Iterator
from itertools import islice
from statistics import median
from typing import Any

import numpy as np
import pandas as pd
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from core.data.dataset import Table, Understood
from core.data.reading.layout import has_header
from core.data.reading.limits import check_bytes, check_columns, check_rows, chosen, sampled
from core.data.reading.names import listed, named, unnamed
from core.data.reading.typed import settled
from core.data.reading.workbook import opened
from core.data.values import label
from core.errors import UserError
from core.experiment import Reading

Row = list[Any]  # "" is an empty cell, or one that holds an error
LOOKED = 200  # rows, by which it is decided where the table begins
BLOCK = 20_000  # rows, made into arrays at once: a million rows of Python objects would be gigabytes
WHOLE = 2**53  # beyond this a float no longer tells whole numbers apart


def read_sheet(raw: bytes, name: str, reading: Reading) -> Table:
    """The table on a workbook's first sheet with room for one, or on `reading.sheet`; `skip` counts its rows, from the first.

    Raises `UserError` for what is no workbook, is locked or broken, has no table, or is over the limits.
    """
    if reading.rows is None:
        check_bytes(len(raw))
    book = opened(raw, name)
    try:
        with CalamineWorkbook.from_filelike(book.file) as workbook:
            names = tuple(each.name for each in workbook.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet)
            sheet = _sheet(workbook, names, name, reading)
            return _table(sheet, names, name, reading, book.errors)
    except CalamineError as error:
        raise UserError(
            f"{name} should be an Excel workbook (.xlsx) that can be opened.",
            "a broken one",
            "Open it in a spreadsheet program and save it as .xlsx or CSV.",
        ) from error


def _sheet(workbook: CalamineWorkbook, names: tuple[str, ...], name: str, reading: Reading) -> CalamineSheet:
    if reading.sheet is not None:
        if reading.sheet not in names:
            raise UserError(
                f"The sheet of {name} should be one of {', '.join(f'“{each:.40}”' for each in names[:20])}.",
                f"“{reading.sheet:.40}”",
                "Choose one of these.",
            )
        found = workbook.get_sheet_by_name(reading.sheet)
        if found.start is None:
            raise UserError(
                f"The sheet “{reading.sheet:.40}” of {name} should hold a table.", "no cells", "Choose another sheet."
            )
        return found
    seen = {each.name for each in workbook.sheets_metadata if each.visible == SheetVisibleEnum.Visible}
    filled = []
    for each in sorted(names, key=lambda each: each not in seen):
        found = workbook.get_sheet_by_name(each)
        if found.start is None or found.end is None:
            continue
        if found.end[0] > found.start[0] + 1 and found.end[1] > found.start[1]:  # three lines, two columns: no mere note
            return found
        filled.append(found)
    if filled:
        return filled[0]
    raise UserError(f"{name} should hold a table.", "no sheet with cells", "Choose another file.")


def _table(sheet: CalamineSheet, names: tuple[str, ...], name: str, reading: Reading, errors: int) -> Table:
    top, left = sheet.start or (0, 0)  # empty rows above and columns beside the first cell
    passed = max(0, (reading.skip or 0) - top)
    head = list(islice(sheet.iter_rows(), passed, passed + LOOKED))
    above = _above(head, reading.skip is not None)
    if above == len(head):
        raise UserError(f"{name} should hold a table.", f"nothing below row {top + passed:,}", "Skip fewer rows.")
    lines = [[label(cell) for cell in row] for row in head[above:]]
    header = has_header([line for line in lines if any(line)]) if reading.header is None else reading.header
    start = passed + above + header
    pieces, rows = _pieces(islice(sheet.iter_rows(), start, None), sheet.width)
    if not rows:
        raise UserError(f"{name} should have rows below its header.", "only the header", "Choose another file.")
    kept = [place for place in range(sheet.width) if pieces[place] or (header and head[above][place] != "")]
    check_columns(len(kept))
    columns, notes = named([lines[0][place] for place in kept]) if header else (unnamed(len(kept)), ())
    if not header and reading.header is None:
        notes = ("The first row holds no names: the columns are called “column 1” and so on.",)
    taken = None if reading.rows is None else chosen(rows, reading.rows)
    values = (_joined(pieces[place], rows) for place in kept)
    found = settled(
        {column: each if taken is None else each[taken] for column, each in zip(columns, values, strict=True)}, reading
    )
    told = (
        *_chosen_sheet(sheet.name, names, reading),
        *_skipped(top + above + passed, left + sheet.width - len(kept), reading),
        *notes,
        *found.notes,
        *_errors(errors),
        *sampled(rows, reading.rows),
    )
    decided = reading.model_copy(update={"sheet": sheet.name, "header": header, "skip": top + passed + above})
    understood = Understood("Excel", decided, sheets=names, rows=rows, columns=found.done)
    return Table(name, found.frame, told, understood=understood)


def _pieces(rows: Iterator[Row], width: int) -> tuple[list[list[np.ndarray]], int]:
    """The values of each column `[column][block]`, none where it is empty, and the number of rows that are not empty."""
    pieces: list[list[np.ndarray]] = [[] for _ in range(width)]
    total = 0
    while block := list(islice(rows, BLOCK)):
        cells = np.empty((len(block), width), dtype=object)
        cells[:] = block
        filled = np.not_equal(cells, "").astype(bool)
        cells, filled = cells[keep := filled.any(axis=1)], filled[keep]
        for place, column in enumerate(pieces):
            if column or filled[:, place].any():
                column.extend([np.full(total, np.nan)] if total and not column else [])
                column.append(_values(cells[:, place], filled[:, place]))
        total += len(cells)
        check_rows(total)
    return pieces, total


def _values(cells: np.ndarray, filled: np.ndarray) -> np.ndarray:
    """A column's cells as numbers (float64, NaN where empty), as True and False, or as texts (objects, None where empty)."""
    kinds = {type(cell) for cell in cells[filled]}
    if kinds <= {float, int}:
        found = np.full(len(cells), np.nan)
        found[filled] = cells[filled].astype(np.float64)
        return found
    found = np.full(len(cells), None, dtype=object)
    found[filled] = cells[filled] if kinds in ({bool}, {str}) else [_text(cell) for cell in cells[filled]]
    return found


def _text(cell: Any) -> str:
    """A cell as text; dates as 2020-01-31, times of day behind them where there are any."""
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(sep=" ")
    if isinstance(cell, datetime.timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return cell.isoformat() if isinstance(cell, datetime.date | datetime.time) else label(cell)


def _joined(pieces: list[np.ndarray], rows: int) -> np.ndarray:
    """A whole column: numbers (int64 where all are whole), True and False, or texts; what is of several kinds becomes texts."""
    if not pieces:
        return np.full(rows, np.nan)
    kinds = {_kind(piece) for piece in pieces} - {None}
    if kinds <= {float}:
        whole = np.concatenate(pieces).astype(np.float64)
        exact = not np.isnan(whole).any() and (whole == np.rint(whole)).all() and np.abs(whole).max() < WHOLE
        return whole.astype(np.int64) if exact else whole
    if kinds == {bool}:
        whole = np.concatenate(pieces)
        gaps = pd.isna(whole)
        return np.where(gaps, np.nan, whole) if gaps.any() else whole.astype(bool)
    return np.concatenate([piece if _kind(piece) is str else _as_texts(piece) for piece in pieces])


def _kind(piece: np.ndarray) -> type | None:
    """What the cells are, None where all are empty."""
    if piece.dtype != object:
        return None if np.isnan(piece).all() else float
    return next((type(cell) for cell in piece if cell is not None), None)


def _as_texts(piece: np.ndarray) -> np.ndarray:
    return np.array([None if pd.isna(cell) else _text(cell) for cell in piece], dtype=object)


def _chosen_sheet(sheet: str, names: tuple[str, ...], reading: Reading) -> tuple[str, ...]:
    others = [f"“{each:.40}”" for each in names if each != sheet]
    if not others or reading.sheet is not None:
        return ()
    return (f"This is the sheet “{sheet:.40}”; the file also has {listed(others)}.",)


def _skipped(rows: int, columns: int, reading: Reading) -> tuple[str, ...]:
    """What was passed over above and beside the table."""
    above = f"{_counted(rows, 'row')} above the table" if rows and reading.skip is None else ""
    beside = _counted(columns, "empty column") if columns else ""
    one = (rows if above else 0) + columns == 1
    what = " and ".join(filter(None, (above, beside)))
    return (f"{what} {'is' if one else 'are'} left out.",) if what else ()


def _errors(errors: int) -> tuple[str, ...]:
    if not errors:
        return ()
    hold, count = ("holds", "counts") if errors == 1 else ("hold", "count")
    return (f"{_counted(errors, 'cell')} of the file {hold} an error, such as #DIV/0!, and {count} as missing.",)


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _above(head: list[Row], chosen: bool) -> int:
    """How many rows stand above the table: empty ones and, unless a person chose, those with few cells, such as titles."""
    filled = [sum(cell != "" for cell in row) for row in head]
    known = [number for number in filled if number]
    if not known:
        return len(head)
    enough = 1 if chosen else min(max(2, 0.6 * median(known)), max(known))
    return next(place for place, number in enumerate(filled) if number >= enough)

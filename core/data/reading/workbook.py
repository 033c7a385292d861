"""A workbook's archive before anyone reads it: refused where it is broken, locked or a bomb, else packed anew without what
is not read (macros, links to other files, pictures). Knows nothing of tables.

The reader keeps every cell between the outermost ones and a text for each cell, so that a few bytes could ask it for many
gigabytes. Hence the cells' places and texts are looked at first, in the very bytes that it is given afterwards.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from core.errors import UserError

MAX_UNPACKED = 1_000_000_000  # bytes
MAX_AREA = 40_000_000  # cells between the outermost ones of a sheet
MAX_TEXT = 1_000_000_000  # bytes of the texts of all cells, where a text counts for each cell that has it
MAX_PARTS = 10_000
CHUNK = 4_000_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SAVE = "Open it in a spreadsheet program and save it as .xlsx or CSV."
LEFT_OUT = re.compile(
    r"(^|/)(externallinks|vbaproject|drawings|charts|media|embeddings|pivot|customxml|activex)", re.IGNORECASE
)

# What follows is looked for in bytes and not parsed, for speed: it finds too much rather than too little.
# A cell's column, its or its row's number, the tags of cells and rows, as nearly all programs write them, and as one may.
USUAL = tuple(map(re.compile, (rb'r="([A-Za-z]{1,3})\d', rb'r="[A-Za-z]*(\d+)"', rb"<c[\s>/]", rb"<row[\s>/]")))
ANY = tuple(
    map(
        re.compile,
        (
            rb"""\br\s*=\s*["']([A-Za-z]{1,3})\d""",
            rb"""\br\s*=\s*["'][A-Za-z]*(\d+)["']""",
            rb"<(?:\w+:)?c[\s>/]",
            rb"<(?:\w+:)?row[\s>/]",
        ),
    )
)
UNUSUAL = (b"r='", b"r =", b"r= ", b"r\t", b"r\n", b"r\r", b"r=\t", b"r=\n", b"r=\r", b":c", b":row")
ROW_END = re.compile(rb"</(?:\w+:)?row\s*>")
BLANK = re.compile(rb"""<(?:\w+:)?c(?:\s+\w+\s*=\s*"[^"<>]*")*\s*/>""")
TEXT_END, IS_SHARED = re.compile(rb"</(?:\w+:)?si\s*>"), re.compile(rb"""\bt\s*=\s*["']s["']""")
SHARED = re.compile(rb"""\bt\s*=\s*["']s["'][^<>]*>\s*<(?:\w+:)?v\s*>\s*(\d+)\s*<""")
SMALLEST = 16  # bytes of the shortest cell


@dataclass(frozen=True)
class Workbook:
    """file: the archive packed anew; errors: cells that hold one, such as #DIV/0!, on all sheets."""

    file: io.BytesIO
    errors: int


def opened(raw: bytes, name: str) -> Workbook:
    """The workbook in a file's bytes. Raises `UserError` for what is none, is locked or broken, or would grow too large."""
    if raw.startswith(OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in raw
        raise _unfit(name, "one that a password protects" if locked else "an old Excel file (.xls)")
    texts: list[bytes] = []
    sheets: list[bytes] = []
    packed = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive, zipfile.ZipFile(packed, "w") as anew:
            for part in _parts(archive, name):
                held = _unpacked(archive, part, name)
                anew.writestr(zipfile.ZipInfo(part.filename), held)
                if b"<si" in held or b":si" in held:
                    texts.append(held)
                if ANY[2].search(held):
                    sheets.append(held)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise error if isinstance(error, UserError) else _unfit(name, "a broken one") from error
    for sheet in sheets:
        if _area(sheet) > MAX_AREA and _area(BLANK.sub(b"", sheet)) > MAX_AREA:
            raise UserError(
                f"The cells of a sheet of {name} should lie close together.",
                f"room for more than {MAX_AREA:,} cells between the outermost ones",
                "Delete the cells far from the table, or save it as CSV.",
            )
    _check_texts(texts, sheets, name)
    packed.seek(0)
    return Workbook(packed, sum(sheet.count(b't="e"') for sheet in sheets))


def _parts(archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    """The parts of the archive that hold values."""
    parts = archive.infolist()
    names = [part.filename.casefold() for part in parts]
    if "xl/workbook.xml" not in names:
        raise _unfit(name, "an Excel file of another kind (.xlsb)" if "xl/workbook.bin" in names else "another kind of archive")
    if any(part.flag_bits & 1 for part in parts):
        raise _unfit(name, "one that a password protects")
    if len(parts) > MAX_PARTS or len(set(names)) < len(names):
        raise _unfit(name, "an archive with parts that no spreadsheet program writes")
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise _bomb(name)
    kept = [part for part in parts if part.filename.endswith((".xml", ".rels")) and not LEFT_OUT.search(part.filename)]
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in kept):
        raise _unfit(name, "an archive packed in an unusual way")
    return kept


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> bytes:
    """The bytes of a part, never more than it says it has: `zipfile` stops there, and then the checksum is wrong."""
    with archive.open(part) as file:
        held = file.read(part.file_size + 1)
    if len(held) > part.file_size:
        raise _bomb(name)
    return held


def _area(sheet: bytes) -> int:
    """At most so many cells lie between the outermost ones: those that say where they are, and those that follow one."""
    column, row, cell, line = ANY if any(mark in sheet for mark in UNUSUAL) else USUAL
    columns: set[bytes] = set()
    rows: set[bytes] = set()
    cells = places = lines = 0
    for piece in _pieces(sheet):
        found = column.findall(piece)
        places += len(found)
        cells += len(cell.findall(piece))
        lines += len(line.findall(piece))
        columns.update(found)
        rows.update(row.findall(piece))
    width = max(map(_number, columns), default=0)
    height = max((int(number[:10]) for number in rows), default=0)
    if cells > places:  # some follow the cell before them
        width += max(len(cell.findall(each)) for each in ROW_END.split(sheet))
    if lines > len(rows):
        height += lines
    return width * height


def _pieces(sheet: bytes) -> Iterator[bytes]:
    """The sheet in pieces that each begin with a tag, so that not everything found in it is held at once."""
    start = 0
    while start < len(sheet):
        end = sheet.find(b"<", start + CHUNK)
        end = len(sheet) if end < 0 else end
        yield sheet[start:end]
        start = end


def _number(letters: bytes) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number


def _check_texts(texts: list[bytes], sheets: list[bytes], name: str) -> None:
    """Raises where the texts that cells share would fill the memory once every cell has its own."""
    lengths: list[int] = []
    for held in texts:
        ends = [0, *(found.end() for found in TEXT_END.finditer(held))]
        own = (after - before for before, after in pairwise(ends))
        lengths = [max(pair) for pair in zip_longest(lengths, own, fillvalue=0)]
    longest = max(lengths, default=0)
    if longest * sum(map(len, sheets)) // SMALLEST <= MAX_TEXT:
        return
    total = 0
    for sheet in sheets:
        shared = [int(found[:10]) for found in SHARED.findall(sheet)]
        total += sum(lengths[place] for place in shared if place < len(lengths))
        total += longest * (len(IS_SHARED.findall(sheet)) - len(shared))
        if total > MAX_TEXT:
            raise _bomb(name)


def _unfit(name: str, found: str) -> UserError:
    return UserError(f"{name} should be an Excel workbook (.xlsx) that can be opened.", found, SAVE)


def _bomb(name: str) -> UserError:
    return UserError(
        f"A workbook should have at most {MAX_UNPACKED // 10**6:,} MB when unpacked.",
        f"more in {name}",
        "Save the one sheet you need as CSV.",
    )

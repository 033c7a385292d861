"""What a file is by its first bytes, and what is packed in it. Knows nothing of tables, and does not look at a file's name.

An archive is unpacked in memory and never onto the disk, a piece at a time and at most one byte beyond the limit, whatever it
says of its own size.
"""

import io
import mmap
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from core.data.reading import limits
from core.data.reading.encoding import Raw
from core.data.reading.names import listed
from core.errors import UserError

SAVE = "Save the table as CSV, Excel (.xlsx) or Parquet."
PIECE = 1 << 20
SAMPLED = 2  # a file of which only a sample is asked for may be so many times as large as others

# What begins so is something else.
OTHERS: dict[bytes, str] = {
    b"%PDF": "a PDF file",
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"GIF8": "a picture (GIF)",
    b"II*\0": "a picture (TIFF)",
    b"MM\0*": "a picture (TIFF)",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Office file (such as .xls), or one locked with a password",
    b"SQLite format 3\0": "a database (SQLite)",
    b"MZ": "a program",
    b"\x7fELF": "a program",
    b"\xca\xfe\xba\xbe": "a program",
    b"\xcf\xfa\xed\xfe": "a program",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a Zstandard archive",
    b"\x89HDF": "an HDF5 file",
    b"ARROW1": "a Feather file",
    b"{\\rtf": "a text document (RTF)",
    b"\x80\x04\x95": "a Python pickle, which this app never opens",
    b"RIFF": "a picture or a sound",
    b"ID3": "a sound (MP3)",
    b"OggS": "a sound (Ogg)",
}
PAGE = re.compile(rb"\s*(<!--.*?-->\s*)*<(!doctype html|html|head|body|table)\b", re.IGNORECASE | re.DOTALL)
MARKUP = re.compile(rb"\s*<(\?xml|svg)\b", re.IGNORECASE)
NAMES = re.compile(r"(^|/)(__MACOSX|\.[^/]*)(/|$)")


def opened(raw: bytes | Path) -> Raw:
    """The bytes, where they lie: a file is mapped, not read."""
    if isinstance(raw, bytes):
        return raw
    with raw.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if raw.stat().st_size else b""


def unpacked(raw: Raw, name: str, sample: bool = False) -> tuple[Raw, str]:
    """The bytes of the one table in a file, and how they were packed: "gzip", "zip" or "".

    sample: only some rows are asked for, so that the file may be larger.
    Raises `UserError` for an archive that is broken, locked, or has another number of tables than one, and `TooLarge`.
    """
    if raw[:2] == b"\x1f\x8b":
        return _joined(_gzip(raw), name, sample), "gzip"
    if raw[:4] in (b"PK\x03\x04", b"PK\x05\x06") and not is_workbook(raw):
        return _zip(raw, name, sample), "zip"
    if not sample or len(raw) > SAMPLED * limits.MAX_BYTES:
        limits.check_bytes(len(raw), _lines(raw))
    return raw, ""


def is_workbook(raw: Raw) -> bool:
    """Whether it is a zip archive with an Excel workbook in it."""
    return raw[:4] == b"PK\x03\x04" and raw.find(b"xl/workbook.") >= 0


def is_parquet(raw: Raw) -> bool:
    return raw[:4] == b"PAR1"


def is_text(raw: Raw) -> bool:
    """Whether it could be a text, read one way or another."""
    if not raw[: 1 << 12].strip() or b"\0" in raw[: 1 << 12] or raw[:2] in (b"PK", b"\x1f\x8b") or is_parquet(raw):
        return False
    try:
        check_is_text(raw, "")
    except UserError:
        return False
    return True


def check_is_text(raw: Raw, name: str) -> None:
    """Raises `UserError` saying what a file is that is no text."""
    head = raw[: 1 << 12]
    found = next((what for start, what in OTHERS.items() if head.startswith(start)), "")
    bare = head.removeprefix(b"\xef\xbb\xbf")
    if found == "a program" and b"\0" not in head:  # words may begin with MZ
        found = ""
    if PAGE.match(bare):
        found = "a web page (HTML)"
    elif MARKUP.match(bare):
        found = "an XML file"
    elif not found and b"\0" in head and (controls := sum(byte < 9 or 13 < byte < 32 for byte in head if byte)):
        found = "binary data" if 20 * controls > len(head) or b"\0\0\0" in head else ""
    if found:
        raise UserError(f"{name} should be a table.", found, SAVE)


def _zip(raw: Raw, name: str, sample: bool) -> bytes:
    try:
        with zipfile.ZipFile(_File(raw)) as archive:
            entry = _entry(archive, name)
            if entry.file_size > SAMPLED * limits.MAX_BYTES:
                raise UserError(
                    f"The table in {name} should have at most {limits.MAX_BYTES / 10**6:,.0f} MB.",
                    f"{entry.file_size / 10**6:,.0f} MB",
                    "Take a part of it.",
                )
            with archive.open(entry) as file:
                return _joined(iter(lambda: file.read(PIECE), b""), name, sample)
    except UserError:
        raise
    except RuntimeError as error:  # what zipfile raises for a password; NotImplementedError is one, too
        raise UserError(
            f"{name} should be open to all.", "a password or a rare way of packing", "Pack it again without."
        ) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, IndexError) as error:
        raise _broken(name, "zip") from error


def _entry(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    """The one table in an archive."""
    files = [entry for entry in archive.infolist() if not entry.is_dir()]
    for entry in files:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            raise UserError(
                f"The files in {name} should lie in folders within it.", f"“{entry.filename:.80}”", "Pack the table again."
            )
    files = [entry for entry in files if not NAMES.search(entry.filename)]
    if len(files) != 1:
        found = f"{len(files):,}: {listed([f'“{entry.filename}”' for entry in files])}" if files else "none"
        raise UserError(f"The zip file {name} should hold one table.", found, "Pack one table, or upload it as it is.")
    return files[0]


def _gzip(raw: Raw) -> Iterator[bytes]:
    """What is packed, a piece at a time; several parts one after the other are one."""
    place = 0
    while place < len(raw) and raw[place : place + 2] == b"\x1f\x8b":
        unpack = zlib.decompressobj(wbits=31)
        while not unpack.eof:
            piece = unpack.unconsumed_tail
            if not piece:
                piece = raw[place : place + PIECE]
                place += len(piece)
                if not piece:
                    raise EOFError
            yield unpack.decompress(piece, PIECE)
        place -= len(unpack.unused_data)


def _joined(packed: Iterator[bytes], name: str, sample: bool) -> bytes:
    """The pieces as one. Raises `TooLarge` as soon as they are more than the limit."""
    limit, whole = (SAMPLED if sample else 1) * limits.MAX_BYTES, io.BytesIO()
    try:
        for piece in packed:
            whole.write(piece[: limit + 1 - whole.tell()])
            if whole.tell() > limit:
                raise _bomb(name, whole.getvalue(), sample)
    except (zlib.error, EOFError) as error:
        raise _broken(name, "packed") from error
    return whole.getvalue()


def _bomb(name: str, whole: bytes, sample: bool) -> UserError:
    limit = f"{limits.MAX_BYTES / 10**6:,.0f} MB"
    expected = f"{name} should hold at most {limit} once it is unpacked."
    if sample:
        return UserError(expected, f"more than {SAMPLED} times as much", "Take a part of it.")
    rows = max(1, min(limits.OFFERED, _lines(whole) // 2))
    fix = f"Take a random sample of {rows:,} rows, or a part of the file."
    return limits.TooLarge(expected, "more", fix, rows=rows)


def _broken(name: str, what: str) -> UserError:
    return UserError(
        f"{name} should be a whole {what} file.", "one that is damaged or breaks off", "Pack it again, or upload it as it is."
    )


def _lines(raw: Raw) -> int:
    """About how many lines there are, by the first of them."""
    head = raw[:PIECE]
    return (head.count(b"\n") or head.count(b"\r")) * len(raw) // max(len(head), 1)


class _File(io.RawIOBase):
    """Bytes as a file to read from, without a copy."""

    def __init__(self, raw: Raw) -> None:
        self.raw, self.place = raw, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self.place, io.SEEK_END: len(self.raw)}[whence]
        self.place = max(0, start + offset)
        return self.place

    def tell(self) -> int:
        return self.place

    def read(self, size: int | None = -1) -> bytes:
        end = len(self.raw) if size is None or size < 0 else self.place + size
        found = self.raw[self.place : end]
        self.place += len(found)
        return found

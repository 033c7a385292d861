"""Bytes into UTF-8, whatever they were written in. Knows nothing of cells.

UTF-8 stays where it lies: a large file is looked through in pieces, and only what is not UTF-8 is written anew.
"""

import codecs
import io
import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.errors import UserError

Raw = bytes | mmap.mmap
Encoding = Literal["utf-8", "utf-16", "windows-1252", "latin-1"]
PIECE = 1 << 20  # fits the processor's cache
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
NOT_IN_1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")
ASK = "Choose another encoding, or save the file as UTF-8."


@dataclass(frozen=True)
class Text:
    """raw: UTF-8 without a mark from `start` on; encoding: what it was; notes: what was decided on the way."""

    raw: Raw
    start: int
    encoding: Encoding
    notes: tuple[str, ...] = ()


def decoded(raw: Raw, name: str, encoding: Encoding | None = None) -> Text:
    """The file's text as UTF-8. encoding: what a person chose.

    Raises `UserError` for bytes that are no text in that encoding, naming the line.
    """
    mark = next((mark for mark in MARKS if raw[:3].startswith(mark)), b"")
    wide = MARKS[mark] if mark and mark != codecs.BOM_UTF8 else _zeros(raw)
    if encoding == "utf-16" or (encoding is None and wide):
        start = len(mark) if wide and mark != codecs.BOM_UTF8 else 0
        return Text(_written(raw, start, wide or "utf-16-le", name), 0, "utf-16")
    if any(b"\0" in piece for piece in pieces(raw)):  # a map's own search takes ten times as long
        raise UserError(f"{name} should be a text file.", "NUL bytes, as no text has them", "Export the table as CSV.")
    if encoding in ("windows-1252", "latin-1"):
        return Text(_written(raw, 0, "cp1252" if encoding == "windows-1252" else encoding, name), 0, encoding)
    start = len(mark) if mark == codecs.BOM_UTF8 else 0
    if _valid(raw):
        return Text(raw, start, "utf-8")
    good, odd = _foreign(raw)
    if encoding == "utf-8" or good:  # other encodings hardly ever write what is UTF-8 by chance
        told = f"line {odd[0]:,}" if len(odd) == 1 else f"{len(odd):,} lines, the first is line {odd[0]:,}"
        return Text(_mended(raw), start, "utf-8", (f"The file is UTF-8, but for {told}: read there as Windows-1252.",))
    single: Encoding = "latin-1" if any(raw.find(bytes([byte])) >= 0 for byte in NOT_IN_1252) else "windows-1252"
    return Text(_written(raw, 0, "cp1252" if single == "windows-1252" else single, name), 0, single)


def pieces(raw: Raw, start: int = 0) -> Iterator[bytes]:
    """The bytes from `start` on, a piece at a time."""
    for place in range(start, len(raw), PIECE):
        yield raw[place : place + PIECE]


def _zeros(raw: Raw) -> str:
    """Which UTF-16 it is by where the zeros lie; an empty text where they lie as in no such text."""
    head = np.frombuffer(raw[: 1 << 12], np.uint8)
    head = head[: len(head) // 2 * 2].reshape(-1, 2)
    if len(head) < 2:
        return ""
    high, low = (head == 0).mean(axis=0)
    if low > 0.5 and not high:
        return "utf-16-le"
    return "utf-16-be" if high > 0.5 and not low else ""


def _valid(raw: Raw) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for piece in pieces(raw):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _written(raw: Raw, start: int, encoding: str, name: str) -> bytes:
    """The text in UTF-8."""
    decoder = codecs.getincrementaldecoder(encoding)()
    written, done = io.BytesIO(), start
    try:
        for piece in pieces(raw, start):
            written.write(decoder.decode(piece).encode())
            done += len(piece)
        decoder.decode(b"", final=True)
    except UnicodeError as error:
        line = 1 + written.getvalue().count(b"\n") + raw[done : done + max(0, getattr(error, "start", 0))].count(b"\n")
        shown = {"cp1252": "Windows-1252", "latin-1": "Latin-1"}.get(encoding, "UTF-16")
        raise UserError(f"{name} should be text in {shown}.", f"other bytes in line {line:,}", ASK) from error
    text = written.getvalue()
    if b"\0" in text:
        raise UserError(f"{name} should be a text file.", "NUL characters, as no text has them", "Export the table as CSV.")
    return text


def _lines(raw: Raw) -> Iterator[bytes]:
    """Every line with its end."""
    left = b""
    for piece in pieces(raw):
        *lines, left = (left + piece).splitlines(keepends=True)
        if left.endswith(b"\n"):
            lines, left = [*lines, left], b""
        yield from lines
    if left:
        yield left


def _foreign(raw: Raw) -> tuple[int, list[int]]:
    """How many lines have letters beyond ASCII in UTF-8, and the numbers of those that are not UTF-8."""
    good, odd = 0, []
    for number, line in enumerate(_lines(raw), 1):
        if not line.isascii():
            if _is_utf8(line):
                good += 1
            else:
                odd.append(number)
    return good, odd


def _mended(raw: Raw) -> bytes:
    """The text in UTF-8, its foreign lines read as Windows-1252 (where that has no such byte, as Latin-1)."""
    written = io.BytesIO()
    for line in _lines(raw):
        if line.isascii() or _is_utf8(line):
            written.write(line)
        else:
            written.write(line.decode("latin-1" if NOT_IN_1252 & set(line) else "cp1252").encode())
    return written.getvalue()


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True

"""Files into tables: bytes that someone dropped, or one sentence on why not. Knows nothing of what the columns mean.

`container` says what a file is, one module each reads a format: `text`, `sheet`, `parquet`.
"""

from dataclasses import replace
from pathlib import Path

from core.data.dataset import Table
from core.data.reading.container import check_is_text, is_parquet, is_workbook, opened, unpacked
from core.data.reading.parquet import read_parquet
from core.data.reading.sheet import read_sheet
from core.data.reading.text import read_text
from core.experiment import Reading


def read(raw: bytes | Path, name: str, reading: Reading | None = None) -> Table:
    """The table in a file's bytes; `notes` say what was decided on the way, `understood` how it was read.

    raw: the bytes, or where they lie. reading: what a person has decided; the rest is decided by looking.
    Raises `UserError` for what is no table, `TooLarge` for what is too large and of which a sample can be taken.
    """
    reading = reading or Reading()
    whole, packed = unpacked(opened(raw), name, sample=reading.rows is not None)
    if is_workbook(whole):
        table = read_sheet(bytes(whole), name, reading)
    elif is_parquet(whole):
        table = read_parquet(bytes(whole), name, reading)
    else:
        check_is_text(whole, name)
        table = read_text(whole, name, reading)
    understood = replace(table.understood, packed=packed) if table.understood else None
    return replace(table, understood=understood)

"""Files into tables: bytes that someone dropped, or one sentence on why not. Knows nothing of what the columns mean."""

from pathlib import Path

from core.data.dataset import Table, Understood
from core.data.reading.text import read as _text
from core.experiment import Reading


def read(raw: bytes | Path, name: str, reading: Reading | None = None) -> Table:
    """The table in a file's bytes; `notes` say what was decided on the way, `understood` how it was read.

    raw: the bytes, or where they lie. reading: what a person has decided; the rest is decided by looking.
    Raises `UserError` for what is no table.
    """
    table = _text(raw if isinstance(raw, bytes) else raw.read_bytes(), name)
    return Table(
        table.name, table.frame, table.notes, understood=Understood("text", reading or Reading(), rows=len(table.frame))
    )

"""A large table once read, kept as Arrow beside its file's bytes: another process need not read them again.

Knows nothing of how it was read. Only tables of plain columns are kept: numbers, yes and no, dates, texts. What is kept goes
when the bytes go.
"""

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from core.data.dataset import Table, Understood
from core.data.store import Store
from core.experiment import Reading

VERSION = 1
LEAST = 8_000_000
"""Bytes of a file; a smaller one is read in no time."""
ABOUT = b"table"


def keep(store: Store, sha256: str, reading: Reading, table: Table) -> None:
    """Writes the table, if it is worth it and plain. Another process never sees half of it.

    Where it cannot be kept (the file was dropped meanwhile, its folder is gone, the disk is full) nothing is left and nothing
    is said: the file is read again.
    """
    with suppress(OSError):
        size = (store.here / sha256).stat().st_size
        if size >= LEAST and _plain(table.frame):
            _write(store, sha256, _key(table.name, reading), table)


def _write(store: Store, sha256: str, key: str, table: Table) -> None:
    about = {"version": VERSION, "name": table.name, "notes": table.notes, "understood": _said(table.understood)}
    made = pa.Table.from_pandas(table.frame, preserve_index=False)
    made = made.replace_schema_metadata({**(made.schema.metadata or {}), ABOUT: json.dumps(about).encode()})
    place = store.here / f"{sha256}.{key}"
    with tempfile.NamedTemporaryFile(dir=store.here, delete=False) as file:
        half = Path(file.name)
        try:
            with pa.ipc.new_file(file, made.schema) as writer:
                writer.write_table(made)
            os.replace(half, place)
        finally:
            half.unlink(missing_ok=True)
    if not store.has(sha256):  # dropped meanwhile
        place.unlink(missing_ok=True)


def kept(store: Store, sha256: str, name: str, reading: Reading) -> Table | None:
    """The table as it was read in this way under this name; None where none is kept."""
    with suppress(OSError, pa.ArrowInvalid, KeyError, TypeError, ValueError):
        with pa.memory_map(str(store.beside(sha256, _key(name, reading)))) as file:
            made = pa.ipc.open_file(file).read_all()
            about = json.loads(made.schema.metadata[ABOUT])
            if about["version"] != VERSION:
                return None
            frame = made.to_pandas()
        return Table(about["name"], frame, tuple(about["notes"]), understood=_understood(about["understood"]))
    return None


def _understood(said: dict[str, Any] | None) -> Understood | None:
    if said is None:
        return None
    return Understood(**said | {"reading": Reading(**said["reading"]), "sheets": tuple(said["sheets"])})


def _said(understood: Understood | None) -> dict[str, Any] | None:
    return None if understood is None else asdict(understood) | {"reading": understood.reading.model_dump()}


def _key(name: str, reading: Reading) -> str:
    return hashlib.sha256(json.dumps([name, reading.model_dump()]).encode()).hexdigest()[:16]


def _plain(frame: pd.DataFrame) -> bool:
    return all(dtype.kind in "iufbM" or isinstance(dtype, pd.StringDtype) for dtype in frame.dtypes)

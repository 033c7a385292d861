"""From a document to its table: a sample is made, a stored file is read, mends are done. Knows nothing of columns' meaning."""

import json
from dataclasses import replace
from functools import lru_cache
from threading import Thread

import pandas as pd

from core.data.dataset import Table
from core.data.kept import keep, kept
from core.data.mends import mended
from core.data.reading import read
from core.data.remember import heed, remembered
from core.data.samples import SAMPLES
from core.data.store import Store
from core.errors import UserError
from core.experiment import Data, Reading, Source, Split


def load(source: Source, store: Store | None = None) -> Table:
    """The table of `source`; `store` holds uploaded files and may be left out for samples.

    Made or read once and kept; what a caller does to its frame no other caller sees.
    Raises `UserError` for a sample, parameters or a file that do not exist, and for a file that is no table.
    """
    if store is not None:
        heed(store.folder)
    if source.kind == "sample":
        table = _sample(source.name, json.dumps(source.params, sort_keys=True))
    elif store is None:
        raise UserError(
            "An uploaded file should have a place where it is kept.", "none", "Choose a sample, or upload it again."
        )
    else:
        table = _file(store, source.sha256, source.name, source.reading)
    return replace(table, frame=table.frame.copy(deep=False))


def table_of(data: Data, store: Store | None = None) -> Table:
    """The table of a document, its mends done. Rows keep the index they have in the table as it was read."""
    table = load(data.source, store)
    if not data.mends:
        return table
    place = store if data.source.kind == "file" else None
    frame = _mended(data.model_copy(update={"inputs": {}, "split": Split()}).model_dump_json(), place)
    return replace(table, frame=frame.copy(deep=False))


@remembered(maxsize=8)
def _mended(data: str, store: Store | None) -> pd.DataFrame:
    parsed = Data.model_validate_json(data)
    return mended(load(parsed.source, store).frame, parsed)


@lru_cache(maxsize=16)
def _sample(name: str, params: str) -> Table:
    sample, checked = SAMPLES.resolve(name, json.loads(params))
    return Table(
        sample.TITLE,
        sample.table(checked),
        ("These rows are made up.",) if sample.MADE_UP else (),
        always=sample.always(checked) if hasattr(sample, "always") else 0,
        drawn=getattr(sample, "DRAWN", ""),
    )


@remembered(maxsize=8)
def _file(store: Store, sha256: str, name: str, reading: Reading) -> Table:
    table = kept(store, sha256, name, reading)
    if table is None:
        table = read(store.path(sha256), name, reading)
        Thread(target=keep, args=(store, sha256, reading, table), name="keep", daemon=True).start()
    return table

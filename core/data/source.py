"""From a document's source to its table: a sample is made, a stored file is read. Knows nothing of columns' meaning."""

import json
from dataclasses import replace
from functools import lru_cache

from core.data.dataset import Table
from core.data.read import read
from core.data.samples import SAMPLES
from core.data.store import Store
from core.errors import UserError
from core.experiment import Source


def load(source: Source, store: Store | None = None) -> Table:
    """The table of `source`; `store` holds uploaded files and may be left out for samples.

    Made or read once and kept; what a caller does to its frame no other caller sees.
    Raises `UserError` for a sample, parameters or a file that do not exist, and for a file that is no table.
    """
    if source.kind == "sample":
        table = _sample(source.name, json.dumps(source.params, sort_keys=True))
    elif store is None:
        raise UserError(
            "An uploaded file should have a place where it is kept.", "none", "Choose a sample, or upload it again."
        )
    else:
        table = _file(store, source.sha256, source.name)
    return replace(table, frame=table.frame.copy(deep=False))


@lru_cache(maxsize=16)
def _sample(name: str, params: str) -> Table:
    sample, checked = SAMPLES.resolve(name, json.loads(params))
    return Table(
        sample.TITLE,
        sample.table(checked),
        ("These rows are made up.",) if sample.MADE_UP else (),
        always=sample.always(checked) if hasattr(sample, "always") else 0,
        drawn=getattr(sample, "DRAWN", False),
    )


@lru_cache(maxsize=8)
def _file(store: Store, sha256: str, name: str) -> Table:
    return read(store.get(sha256), name)

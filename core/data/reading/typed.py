"""Columns of formats that know numbers from texts: their texts are looked at as those of a text file are. Knows no format."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pyarrow as pa

from core.data.reading.cells import Cells, Settled, settle
from core.experiment import Reading


def settled(columns: Mapping[str, np.ndarray | pa.Array | pa.ChunkedArray], reading: Reading) -> Settled:
    """The columns as they are to be: numbers and answers as they came, and texts that are numbers as numbers.

    A column is numbers or True and False (NumPy), or texts: objects with None where a cell is empty, or an Arrow array.
    """
    texts: dict[str, Cells] = {}
    for name, values in columns.items():
        if isinstance(values, np.ndarray) and not _holds_texts(values):
            continue
        texts[name] = Cells(texts=True)
        chunks = values.chunks if isinstance(values, pa.ChunkedArray) else [pa.array(values, pa.string())]
        for chunk in chunks:
            texts[name].add(chunk)
    found = settle(list(texts.values()), list(texts), reading.decimal, ".")
    assert isinstance(found, Settled), "columns that came as texts need not come again"
    frame = pd.DataFrame({name: found.frame[name] if name in texts else values for name, values in columns.items()}, copy=False)
    return Settled(frame, found.decimal, found.done, found.notes)


def _holds_texts(values: np.ndarray) -> bool:
    return values.dtype == object and any(isinstance(value, str) for value in values)

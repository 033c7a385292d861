"""Runs: driven as slices on an executor, told to browsers as scenes and frames."""

from functools import lru_cache
from pathlib import Path

from core.data.store import Store
from core.runs.engine import Engine
from core.runs.pool import Pool
from core.settings import data_folder, workers


@lru_cache(maxsize=1)
def engine() -> Engine:
    """The engine of this process with its workers; made when first asked for."""
    return Engine(Pool(workers()), str(data_folder()), workers())


def store() -> Store:
    """Where uploaded files are: the very folder that the engine's workers read."""
    return Store(Path(engine().folder))

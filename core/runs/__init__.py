"""Runs: driven as slices on an executor, told to browsers as scenes and frames."""

from functools import lru_cache

from core.data.store import Store
from core.runs.engine import Engine
from core.runs.pool import Pool
from core.runs.uploads import folder_of
from core.settings import data_folder, workers


@lru_cache(maxsize=1)
def engine() -> Engine:
    """The engine of this process with its workers; made when first asked for."""
    return Engine(Pool(workers()), str(data_folder()), workers())


def store(run: str) -> Store:
    """Where the files of a run lie, by its id: the very folder that the engine's workers read."""
    return Store(folder_of(engine().folder, run))

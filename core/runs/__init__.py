"""Runs: driven as slices on an executor, kept on a shelf, told to browsers as scenes and frames."""

from concurrent.futures import Executor
from functools import lru_cache

from core.data.remember import mind
from core.data.store import Store
from core.runs.engine import Engine
from core.runs.pool import Pool
from core.runs.processes import Processes, own_name
from core.runs.shelf import Shelf
from core.runs.uploads import folder_of
from core.settings import blobs, database, files, workers
from core.settings import cluster as scheduler
from core.storage import Blobs, Database


@lru_cache(maxsize=1)
def engine() -> Engine:
    """The engine of this process with its workers; made when first asked for."""
    opened, name = Database(database()), own_name()
    shelf = Shelf(opened, Blobs(blobs()), name)
    mind(str(folder_of(files(), "")))
    return Engine(_pool(), files(), workers(), shelf, Processes(opened, name))


def _pool() -> Executor:
    """The workers of this machine, or of a cluster; only who uses one waits for its code."""
    if not scheduler():
        return Pool(workers())
    from core.runs.cluster import Cluster

    return Cluster(scheduler(), str(folder_of(files(), "")))


def store(run: str) -> Store:
    """Where the files of a run lie, by its id: the very folder that the engine's workers read."""
    return Store(folder_of(engine().folder, run))

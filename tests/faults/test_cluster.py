"""The whole of it on one machine: two processes of the app, PostgreSQL, a scheduler and two workers, each a process of its own.

People play on both; a worker and a process of the app are killed under them. Every run comes to its end in the process that is
left, with the curves that it has when nobody disturbs it, bit for bit.
"""

import asyncio
import json
import os
import signal
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from benchmarks.server import App, started
from benchmarks.visitor import Visitor
from core.data.columns import begin, mark
from core.data.source import load
from core.data.store import Store
from core.experiment import Experiment, Source
from core.runs import slice as work
from core.runs.engine import Engine
from core.runs.run import new_id
from core.runs.shelf import Shelf
from core.runs.uploads import folder_of
from core.storage import Blobs, Database
from core.training.advance import Budget, advance
from core.training.checkpoint import start
from tests.core.runs.running import Borrowed, two_waves
from tests.dask import Dask, cluster
from tests.postgres import Postgres

PATIENCE = 90.0
SPEED = 20
"""Steps per second, so that nobody is done before the faults."""
EPOCHS = 120


@pytest.mark.long
@pytest.mark.timeout(600)
def test_a_worker_and_a_process_of_the_app_are_killed_and_no_run_is_lost(postgres: Postgres, tmp_path: Path) -> None:
    shared = {
        "MTL_DATABASE": postgres.fresh(),
        "MTL_BLOBS": f"file://{tmp_path}/blobs",
        "MTL_FILES": f"file://{tmp_path}/files",
        "MTL_WORKERS": "2",
    }
    database = Database(shared["MTL_DATABASE"])
    shelf = Shelf(database, Blobs(shared["MTL_BLOBS"]), "looks only")
    documents = put(shelf, shared["MTL_FILES"])
    with cluster("one", "two") as dask:
        environment = shared | {"MTL_CLUSTER": dask.address}
        with start_app(tmp_path, "first", environment) as first, start_app(tmp_path, "second", environment) as second:
            asyncio.run(played(first, second, dask, list(documents)))
        copied = {path.name for path in dask.folder.rglob("copies/*/*/*")}
    sources = {document.data.source.sha256 for document in documents.values() if document.data.source.kind == "file"}
    assert copied == sources
    for id, document in documents.items():
        taken = shelf.take(id)
        assert taken.run.status == "finished"
        records, checkpoint = alone(document, str(folder_of(shared["MTL_FILES"], id)))
        assert [told(record) for record in taken.run.records] == records
        assert taken.run.checkpoint == checkpoint
    database.close()


def start_app(folder: Path, name: str, environment: Mapping[str, str]) -> Any:
    own = folder / name
    own.mkdir()
    return started(folder=own, log=folder / f"{name}.txt", environment=environment)


def put(shelf: Shelf, files: str) -> dict[str, Experiment]:
    """Four runs at their beginning, by id: two of a sample, two of a person's own table."""
    made: dict[str, Experiment] = {}
    with ThreadPoolExecutor(1) as pool:
        engine = Engine(Borrowed(pool), files, 1, shelf)
        for number in range(4):
            id = new_id()
            made[id] = two_waves(training__epochs=EPOCHS, seed=number) if number % 2 else own_table(files, id, number)
            engine.create(made[id], id=id)
        engine.close()
    return made


def own_table(files: str, id: str, seed: int) -> Experiment:
    rows = "\n".join(f"{n * (seed + 7) % 17},{n % 5},{(n * n + seed) % 11 / 4}" for n in range(240))
    store = Store(folder_of(files, id))
    source = Source(kind="file", name="own.csv", sha256=store.put(f"a,b,c\n{rows}\n".encode()))
    table = load(source, store)
    return mark(begin(source, table), table, "c", "task").changed("training.epochs", EPOCHS)


async def played(first: App, second: App, dask: Dask, ids: list[str]) -> None:
    people = [Visitor((first, second)[number // 2].url, f"run={id}") for number, id in enumerate(ids)]
    for one in people:
        await one.open()
        await one.command("speed", SPEED)
        await one.command("play")
    await all_go_on(people)

    killed = dask.pid("one")
    os.kill(killed, signal.SIGKILL)
    await all_go_on(people)

    first.kill()
    for one in people[:2]:  # what a proxy does: it leads to the process that is left
        one.port = second.port
        await one.again()
    await all_go_on(people)
    assert [one.run for one in people] == ids
    assert dask.pid("one") != killed

    for one in people:
        await one.command("speed", None)
    for one in people:
        assert await one.until(lambda one=one: one.frame["status"] == "finished", PATIENCE), one.frame["status"]
        assert one.faults == []
        await one.close()


async def all_go_on(people: list[Visitor]) -> None:
    """Everyone sees their run train on."""
    for one in people:
        before = one.step
        assert await one.until(lambda one=one, before=before: one.step > before + SPEED // 2, PATIENCE), one.frame
        assert one.frame["status"] == "playing"


def alone(document: Experiment, folder: str) -> tuple[list[str], bytes]:
    """Records and last checkpoint of a document that is trained to its end at one go, in this process."""
    dataset, _ = work.prepared(document, folder)
    point, records = advance(start(document, dataset), dataset, Budget())
    return [told(record) for record in [work.begin(document, folder).record, *records]], point.pack()


def told(record: Mapping[str, Any]) -> str:
    return json.dumps(record, sort_keys=True)

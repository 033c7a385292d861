"""Workers of a dask cluster: ready as those of this machine are, had anew when one dies or hangs, the same bits."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
import torch

from core.data.columns import begin, mark
from core.data.source import load
from core.data.store import Store
from core.errors import UserError
from core.experiment import Source, parse
from core.runs import jobs
from core.runs import slice as work
from core.runs.cluster import Cluster
from core.runs.jobs import Overrun, call
from core.runs.pool import NICE
from core.runs.uploads import delete, folder_of
from tests.core.runs.running import two_waves, until
from tests.core.runs.test_pool import grown
from tests.dask import Dask, cluster

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def dask() -> Iterator[Dask]:
    with cluster("one") as made:
        yield made


@pytest.fixture
def workers(dask: Dask) -> Iterator[Cluster]:
    made = Cluster(dask.address)
    yield made
    made.shutdown()


def test_a_worker_trains_on_one_thread_and_politely(workers: Cluster, dask: Dask) -> None:
    assert workers.submit(torch.get_num_threads).result(60) == 1
    assert workers.submit(os.getenv, "OMP_NUM_THREADS").result(60) == "1"
    assert workers.submit(os.getpid).result(60) == dask.pid("one")
    assert psutil.Process(dask.pid("one")).nice() == min(19, os.nice(0) + NICE)
    assert len(workers.pids) == 1


def test_what_it_trains_is_the_same_to_the_bit(workers: Cluster, tmp_path: Path) -> None:
    made = two_waves(replicas=2)
    begun = work.begin(made, str(tmp_path))
    there = call(workers, work.begin, made, str(tmp_path)).result(60)
    assert there.checkpoint == begun.checkpoint
    trained = work.go_on(begun.checkpoint, str(tmp_path), 40, None)
    there = call(workers, work.go_on, begun.checkpoint, str(tmp_path), 40, None).result(60)
    assert replace(there, seconds=trained.seconds) == trained


def test_faults_come_back_whole(workers: Cluster) -> None:
    with pytest.raises(UserError, match="whole JSON") as caught:
        workers.submit(parse, "{").result(60)
    assert caught.value.fix


def test_a_worker_that_is_killed_takes_its_job_along_and_another_comes(workers: Cluster, dask: Dask) -> None:
    victim = workers.submit(os.getpid).result(60)
    sleeping, waiting = workers.submit(time.sleep, 60), call(workers, pow, 2, 5)
    time.sleep(0.5)
    os.kill(victim, signal.SIGKILL)
    with pytest.raises(BrokenExecutor):
        sleeping.result(60)
    assert waiting.result(60) == 32
    assert workers.submit(os.getpid).result(60) != victim
    assert psutil.Process(dask.pid("one")).nice() == min(19, os.nice(0) + NICE)


def test_a_worker_that_hangs_is_ended_and_its_job_is_done_again(dask: Dask) -> None:
    workers = Cluster(dask.address, longest=12.0)
    stopped = workers.submit(os.getpid).result(60)
    os.kill(stopped, signal.SIGSTOP)
    assert call(workers, pow, 2, 5).result(90) == 32
    until(lambda: not psutil.pid_exists(stopped))
    workers._longest = 1.0
    with pytest.raises(Overrun):
        workers.submit(time.sleep, 60).result(60)
    workers._longest = 60.0
    assert workers.submit(pow, 2, 6).result(60) == 64
    workers.shutdown()


def test_a_job_that_wants_too_much_memory_ends_with_a_sentence_and_others_live(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "TRIES", 2)
    with cluster("one", memory="1GiB") as small:
        workers = Cluster(small.address)
        assert workers.submit(grown, 2**20).result(60) == 2**20
        with pytest.raises(UserError, match="memory"):
            call(workers, grown, 2**31).result(120)
        assert call(workers, pow, 2, 5).result(60) == 32
        workers.shutdown()


def test_a_job_outlives_the_scheduler(workers: Cluster, dask: Dask) -> None:
    assert workers.submit(pow, 2, 4).result(60) == 16
    under_way = workers.submit(time.sleep, 2)
    time.sleep(0.5)
    dask.kill_scheduler()
    until(lambda: workers._client.status != "running")
    sent = workers.submit(pow, 2, 5)
    dask.start_scheduler()
    dask.start_worker("one")  # who loses its scheduler ends, and is started again by who runs it
    assert sent.result(120) == 32
    assert under_way.result(60) is None


def test_whoever_leaves_finishes_nothing_and_ends_no_worker(dask: Dask) -> None:
    made = Cluster(dask.address)
    worker = made.submit(os.getpid).result(60)
    sleeping = made.submit(time.sleep, 60)
    began = time.monotonic()
    made.shutdown()
    assert time.monotonic() - began < 10
    with pytest.raises(BrokenExecutor):
        sleeping.result(1)
    with pytest.raises(RuntimeError):
        made.submit(pow, 2, 5)
    assert psutil.pid_exists(worker)


def test_where_nobody_answers_one_sentence_says_so() -> None:
    with pytest.raises(UserError, match="MTL_CLUSTER should lead to a dask scheduler"):
        Cluster("tcp://127.0.0.1:1", patience=1)


def test_a_table_comes_to_a_worker_by_its_content_and_goes_when_it_is_deleted(dask: Dask, tmp_path: Path) -> None:
    root = f"file://{tmp_path}/shared"
    workers = Cluster(dask.address, str(folder_of(root, "")))
    folder = str(folder_of(root, "mine"))
    rows = "\n".join(f"{n % 17},{n % 5},{n % 3}" for n in range(200))
    source = Source(kind="file", name="mine.csv", sha256=Store(folder).put(f"a,b,c\n{rows}\n".encode()))
    table = load(source, Store(folder))
    made = mark(begin(source, table), table, "c", "task")
    copies = dask.folder / "one-data" / "copies"
    assert call(workers, work.begin, made, folder).result(60) == work.begin(made, folder)
    assert [path.name for path in copies.rglob("*") if path.is_file()] == [source.sha256]
    delete(root, "mine")
    with pytest.raises(UserError, match="should be here"):
        call(workers, later, made, folder).result(60)
    assert [path.name for path in copies.rglob("*") if path.is_file()] == []
    workers.shutdown()


def later(*arguments: object) -> object:
    """After the second in which a worker may still not know what was deleted."""
    time.sleep(1.1)
    return work.begin(*arguments)

"""Worker processes on other machines, reached through the scheduler of a dask cluster. Knows nothing of runs.

A job that was under way when the scheduler was lost is sent again once there is one; jobs are pure, so that costs time alone.
Scheduler and workers run this app's own code, on a network that is its own: what they tell each other they believe.
"""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import uuid4

from distributed import Client, Scheduler, Worker
from distributed.comm import CommClosedError
from distributed.diagnostics.plugin import WorkerPlugin
from distributed.scheduler import KilledWorker

from core.data.remember import mind
from core.errors import UserError
from core.runs.jobs import Overrun
from core.runs.pool import LONGEST, prepare

LOG = logging.getLogger(__name__)
PATIENCE = 30.0
"""Seconds to wait for a scheduler at the start; a lost one is looked for until it is back."""
LOST = (KilledWorker, CommClosedError)


@dataclass
class Job:
    """key: what the cluster calls it, another each time it is sent; inner: its future there, None while it cannot be sent."""

    work: partial
    ends: float = 0.0
    key: str = ""
    inner: Future | None = None


class Ready(WorkerPlugin):
    """Workers make themselves ready as those of `core.runs.pool` do. files: a folder of people's files, if it is shared."""

    name = "mtl"
    idempotent = True

    def __init__(self, files: str) -> None:
        self.files = files

    def setup(self, worker: Worker) -> None:
        prepare()
        mind(self.files)


class Cluster(Executor):
    """The workers of the scheduler at `address`. Raises `UserError` when none answers there.

    longest: seconds after which a job's worker is ended and the job fails with `Overrun`. files: as `Ready` has it.
    """

    def __init__(self, address: str, files: str = "", longest: float = LONGEST, patience: float = PATIENCE) -> None:
        self._address, self._files, self._longest = address, files, longest
        self._lock = threading.RLock()
        self._under_way: dict[Future, Job] = {}
        self._ended = threading.Event()
        self._workers = 0
        self._prepared: object = None
        try:
            self._client = self._connected(patience)
            self._prepare()
        except (OSError, ValueError, TimeoutError) as error:
            fix = "Start it with `dask scheduler`, or correct the address."
            found = f"none at {address:.80}"
            raise UserError("MTL_CLUSTER should lead to a dask scheduler that answers.", found, fix) from error
        threading.Thread(target=self._watch, name="cluster", daemon=True).start()

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future:
        answer, job = Future[Any](), Job(partial(function, *arguments, **named))
        with self._lock:
            if self._ended.is_set():
                raise RuntimeError("The cluster has been left")
            self._under_way[answer] = job
            self._send(answer, job)
        return answer

    @property
    def pids(self) -> list[int]:
        """Of the workers, those that there are by now: from here they are told from each other by number alone."""
        return list(range(self._workers))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leaves the cluster to others; what was under way here is not finished."""
        with self._lock:
            self._ended.set()
            left, self._under_way = list(self._under_way), {}
        for answer in left:
            answer.set_exception(BrokenExecutor("The cluster has been left"))
        _closed(self._client)

    def _send(self, answer: Future, job: Job) -> None:
        """Hands a job on. Where nobody is there to take it, it stays and is sent later."""
        job.ends = time.monotonic() + self._longest
        job.key, job.inner = f"{job.work.func.__name__}-{uuid4().hex}", None
        if self._client.status != "running":
            return
        with suppress(RuntimeError, *LOST, OSError):
            job.inner = self._client.get_executor(pure=False).submit(job.work, key=job.key)
            job.inner.add_done_callback(partial(self._settle, answer, job.key))

    def _settle(self, answer: Future, key: str, inner: Future) -> None:
        with self._lock:
            job = self._under_way.get(answer)
            if job is None or job.key != key:  # it has overrun, or was sent again
                return
            if inner.cancelled():  # the scheduler was lost
                job.inner = None
                return
            del self._under_way[answer]
        error = inner.exception()
        if isinstance(error, LOST):
            answer.set_exception(BrokenExecutor(str(error)))
        elif error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(inner.result())

    def _watch(self) -> None:
        """Ends workers whose job takes too long, and finds the scheduler again when it was lost."""
        while not self._ended.wait(min(1.0, self._longest / 4)):
            try:
                if self._client.status == "closed":  # it has looked for the scheduler in vain
                    self._client = self._connected(PATIENCE)
                if self._client.status == "running":
                    self._look()
            except Exception as error:  # noqa: BLE001 whatever happens to the cluster, it is looked for
                self._workers = 0
                LOG.warning("The cluster does not answer: %s", type(error).__name__)

    def _look(self) -> None:
        if self._client.scheduler_comm is not self._prepared:  # it was lost, and may be another
            self._prepare()
        self._workers = len(self._client.nthreads())
        self._end_late()
        with self._lock:
            for answer, job in self._under_way.items():
                if job.inner is None:
                    self._send(answer, job)

    def _connected(self, patience: float) -> Client:
        return Client(self._address, timeout=patience, set_as_default=False)

    def _prepare(self) -> None:
        prepared = self._client.scheduler_comm
        self._client.run_on_scheduler(_apply)
        self._client.register_plugin(Ready(self._files))
        self._workers, self._prepared = len(self._client.nthreads()), prepared

    def _end_late(self) -> None:
        """Ends the workers of jobs that take too long. While there is no worker, nothing is late."""
        now = time.monotonic()
        if not self._workers:
            self._begin_again(now)
        with self._lock:
            late = {answer: job for answer, job in self._under_way.items() if job.inner is not None and now > job.ends}
            for answer in late:
                del self._under_way[answer]
        if not late:
            return
        keys = {job.key for job in late.values()}
        places = [worker for worker, under_way in self._client.processing().items() if keys & set(under_way)]
        for job in late.values():
            if job.inner is not None:
                job.inner.cancel()
        try:
            self._client.restart_workers(places, timeout=PATIENCE, raise_for_error=False)
        finally:
            for answer in late:
                answer.set_exception(Overrun("A job took too long"))
            self._begin_again(time.monotonic())

    def _begin_again(self, now: float) -> None:
        """Nothing that is under way is late for as long as a job may take."""
        with self._lock:
            for job in self._under_way.values():
                job.ends = now + self._longest


def _apply(dask_scheduler: Scheduler) -> None:
    """A worker has one job at a time, so that no other job pays when it dies, and whoever sent a job hears of each death."""
    dask_scheduler.allowed_failures, dask_scheduler.WORKER_SATURATION = 0, 1.0


def _closed(client: Client) -> None:
    with suppress(*LOST, OSError, TimeoutError, ValueError, RuntimeError):
        client.close(timeout=2)

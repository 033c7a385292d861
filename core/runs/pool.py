"""The worker processes on this machine. Knows nothing of runs.

loky's pool starts from any thread of a server that replaces `__main__`. Its own `get_reusable_executor` keeps one pool
a *thread*; here is one for the whole server, and it is had anew when a worker was killed, hung, or wanted too much memory.
"""

import gc
import math
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import torch
from loky import ProcessPoolExecutor
from loky.process_executor import ShutdownExecutorError

from core.logs import set_up
from core.runs.jobs import Overrun

NICE = 19
LONGEST = 60.0
"""Seconds that a job may take."""
START = 300.0
"""Seconds that workers may take to come up, on a machine that has much else to do."""
LARGEST = 4 * 2**30
"""Bytes of memory that a worker may have."""


class Pool(Executor):
    """As many worker processes as asked for. Whatever was under way when one died fails; the next call starts anew.

    longest: seconds after which a job's worker is ended and the job fails with `Overrun`. largest: bytes of a worker.
    """

    def __init__(self, workers: int, longest: float = LONGEST, largest: int = LARGEST) -> None:
        self._workers, self._longest, self._largest = workers, longest, largest
        self._lock = threading.Lock()
        self._under_way: dict[Future, tuple[Future, float, float]] = {}
        self._alone: Pool | None = None
        self._up = math.inf
        """When the first of the workers was ready: no job's time begins before."""
        self._executor: ProcessPoolExecutor | None = self._new()
        threading.Thread(target=self._watch, name="pool", daemon=True).start()

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future:
        answer: Future = Future()
        with self._lock:
            if self._executor is None:
                raise RuntimeError("The pool has been shut down")
            try:
                inner = self._executor.submit(function, *arguments, **named)
            except BrokenExecutor:
                self._anew()
                inner = self._executor.submit(function, *arguments, **named)
            self._under_way[answer] = (inner, time.monotonic(), self._longest)
        inner.add_done_callback(partial(self._settle, answer))
        return answer

    @property
    def alone(self) -> "Pool":
        """A pool of one worker for jobs under which workers die: there they take nobody else's along."""
        with self._lock:
            if self._alone is None:
                self._alone = Pool(1, self._longest, self._largest)
            return self._alone

    @property
    def pids(self) -> list[int]:
        """Of the workers, those that there are by now."""
        executor = self._executor
        return [] if executor is None else list(executor._processes)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends the workers, whatever they are doing: a slice is cheap to train again."""
        with self._lock:
            executor, self._executor = self._executor, None
            alone, self._alone = self._alone, None
        for each in (executor, alone):
            if each is not None:
                each.shutdown(wait=wait, **({"kill_workers": True} if each is executor else {}))

    def _settle(self, answer: Future, inner: Future) -> None:
        with self._lock:
            if self._under_way.pop(answer, None) is None:  # it has overrun
                return
        error = inner.exception() if not inner.cancelled() else BrokenExecutor("The pool has been shut down")
        if isinstance(error, ShutdownExecutorError):  # another job has overrun: this one may be done again
            error = BrokenExecutor("The workers were ended")
        if error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(inner.result())

    def _watch(self) -> None:
        """Ends workers whose job takes too long; all else that was under way is done again."""
        while self._executor is not None:
            time.sleep(min(1.0, self._longest / 4))
            now = time.monotonic()
            with self._lock:
                late = [answer for answer, (_, begun, longest) in self._under_way.items() if now > self._from(begun) + longest]
                for answer in late:
                    del self._under_way[answer]
                if late and self._executor is not None:
                    self._anew()
            for answer in late:
                answer.set_exception(Overrun("A job took too long"))

    def _from(self, begun: float) -> float:
        """From when on a job's time is counted."""
        return min(max(begun, self._up), begun + START)

    def _anew(self) -> None:
        assert self._executor is not None
        old, self._executor = self._executor, self._new()
        threading.Thread(target=lambda: old.shutdown(wait=False, kill_workers=True), daemon=True).start()

    def _new(self) -> ProcessPoolExecutor:
        # No timeout: an idle worker that ends costs the next click the second in which torch is imported again.
        executor = ProcessPoolExecutor(
            self._workers,
            timeout=None,
            initializer=ready,
            initargs=(os.getpid(), self._largest),
            env={"OMP_NUM_THREADS": "1"},
        )
        self._up = math.inf
        executor.submit(int).add_done_callback(self._note)
        return executor

    def _note(self, done: Future) -> None:
        if not done.cancelled() and done.exception() is None:
            self._up = time.monotonic()


def ready(server: int, largest: int = LARGEST) -> None:
    """A worker makes itself ready, and follows its server."""
    prepare()
    threading.Thread(target=_follow, args=(server, largest), daemon=True).start()


def prepare() -> None:
    """One thread, behind the server in the queue for the processor, all code loaded; it logs as the server does."""
    set_up()
    os.nice(NICE)
    _first_to_go()
    torch.set_num_threads(1)
    import core.runs.slice  # noqa: F401

    gc.collect()
    gc.freeze()  # loky collects garbage every second, which costs a tenth of it once torch is loaded; frozen, nothing


def _first_to_go() -> None:
    """Where memory runs out, Linux ends a worker and not the server."""
    score = Path("/proc/self/oom_score_adj")
    if score.exists():
        score.write_text("1000")


def _follow(server: int, largest: int) -> None:
    """Ends this worker when the server was killed, for nobody else would, and when it has outgrown its memory."""
    here = psutil.Process()
    while os.getppid() == server and here.memory_info().rss <= largest:
        time.sleep(1)
    os._exit(0)

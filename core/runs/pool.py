"""The worker processes on this machine. Knows nothing of runs.

loky's pool starts from any thread of a server that replaces `__main__`. Its own `get_reusable_executor` keeps one pool
a *thread*; here is one for the whole server, and it is had anew when a worker was killed.
"""

import gc
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Any

import torch
from loky import ProcessPoolExecutor

NICE = 19


class Pool(Executor):
    """As many worker processes as asked for. Whatever was under way when one died fails; the next call starts anew."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._lock = threading.Lock()
        self._executor = self._new()

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future:
        with self._lock:
            try:
                return self._executor.submit(function, *arguments, **named)
            except BrokenExecutor:
                self._executor.shutdown(wait=False, kill_workers=True)
                self._executor = self._new()
                return self._executor.submit(function, *arguments, **named)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends the workers, whatever they are doing: a slice is cheap to train again."""
        self._executor.shutdown(wait=wait, kill_workers=True)

    def _new(self) -> ProcessPoolExecutor:
        # No timeout: an idle worker that ends costs the next click the second in which torch is imported again.
        return ProcessPoolExecutor(
            self._workers, timeout=None, initializer=ready, initargs=(os.getpid(),), env={"OMP_NUM_THREADS": "1"}
        )


def ready(server: int) -> None:
    """A worker makes itself ready: one thread, behind the server in the queue for the processor, all code loaded."""
    os.nice(NICE)
    threading.Thread(target=_follow, args=(server,), daemon=True).start()
    torch.set_num_threads(1)
    import core.runs.slice  # noqa: F401

    gc.collect()
    gc.freeze()  # loky collects garbage every second, which costs a tenth of it once torch is loaded; frozen, nothing


def _follow(server: int) -> None:
    """Ends this worker when the server was killed: nobody else would."""
    while os.getppid() == server:
        time.sleep(1)
    os._exit(0)

"""The worker processes on this machine. Knows nothing of runs.

loky's pool: it starts from any thread of a server that replaces `__main__`, and is had anew when a worker was killed.
"""

import os
from concurrent.futures import Executor

import torch
from loky import get_reusable_executor

from core.settings import workers

NICE = 10


def pool() -> Executor:
    """The pool to use now; a new one when the last one broke."""
    return get_reusable_executor(max_workers=workers(), timeout=None, initializer=ready, env={"OMP_NUM_THREADS": "1"})


def ready() -> None:
    """A worker makes itself ready: one thread, behind the server in the queue for the processor, all code loaded."""
    torch.set_num_threads(1)
    os.nice(NICE)
    import core.runs.slice  # noqa: F401

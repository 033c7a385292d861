"""Worker processes: one thread each, behind the server in the queue, and had anew when one was killed."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor

import pytest
import torch

from core.errors import UserError
from core.experiment import parse
from core.runs.pool import NICE, Pool


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    made = Pool(1)
    yield made
    made.shutdown()


@pytest.mark.slow
def test_workers_train_on_one_thread_and_politely(pool: Pool) -> None:
    assert pool.submit(torch.get_num_threads).result(60) == 1
    assert pool.submit(os.nice, 0).result(60) == os.nice(0) + NICE
    assert pool.submit(os.getpid).result(60) != os.getpid()
    assert pool.submit(os.getenv, "OMP_NUM_THREADS").result(60) == "1"


@pytest.mark.slow
def test_faults_come_back_whole(pool: Pool) -> None:
    with pytest.raises(UserError, match="whole JSON") as caught:
        pool.submit(parse, "{").result(60)
    assert caught.value.fix


@pytest.mark.slow
def test_a_worker_that_is_killed_takes_its_jobs_along_and_the_next_call_starts_anew(pool: Pool) -> None:
    victim = pool.submit(os.getpid).result(60)
    sleeping = pool.submit(time.sleep, 60)
    time.sleep(0.3)
    os.kill(victim, signal.SIGKILL)
    with pytest.raises(BrokenExecutor):
        sleeping.result(60)
    assert pool.submit(os.getpid).result(60) != victim
    assert pool.submit(torch.get_num_threads).result(60) == 1


@pytest.mark.slow
def test_the_end_waits_for_no_job() -> None:
    made = Pool(1)
    worker = made.submit(os.getpid).result(60)
    made.submit(time.sleep, 60)
    began = time.monotonic()
    made.shutdown()
    assert time.monotonic() - began < 20
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)

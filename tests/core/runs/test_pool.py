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
from core.runs import jobs
from core.runs import pool as workers
from core.runs.jobs import Overrun, call
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


def grown(size: int) -> int:
    """Takes so many bytes, and a while."""
    held = bytearray(size)
    held[::4096] = b"x" * len(range(0, size, 4096))
    time.sleep(4)
    return len(held)


@pytest.mark.slow
def test_a_worker_that_hangs_is_ended_and_its_job_is_done_again() -> None:
    pool = Pool(1)
    stopped = pool.submit(os.getpid).result(60)
    os.kill(stopped, signal.SIGSTOP)
    pool._longest = 0.5
    found = call(pool, pow, 2, 5)
    pool._longest = 60.0  # a new worker needs some seconds to begin
    assert found.result(60) == 32
    with pytest.raises(ProcessLookupError):
        os.kill(stopped, 0)
    pool._longest = 0.5
    with pytest.raises(Overrun):
        pool.submit(time.sleep, 60).result(60)
    pool.shutdown()


@pytest.mark.long
def test_what_is_under_way_beside_a_job_that_takes_too_long_is_done_again() -> None:
    pool = Pool(2)
    pool.submit(int).result(60)
    beside = call(pool, time.sleep, 3)
    pool._longest = 0.5
    late = pool.submit(time.sleep, 60)
    pool._longest = 60.0
    with pytest.raises(Overrun):
        late.result(60)
    assert beside.result(60) is None
    pool.shutdown()


@pytest.mark.slow
def test_the_time_in_which_workers_come_up_is_no_jobs_time(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = Pool(1, longest=0.3)  # it takes longer until torch is imported
    assert pool.submit(pow, 2, 5).result(60) == 32
    pool.shutdown()
    monkeypatch.setattr(workers, "START", 0.1)
    pool = Pool(1, longest=0.3)
    with pytest.raises(Overrun):  # but not for ever
        pool.submit(pow, 2, 5).result(60)
    pool.shutdown()


@pytest.mark.long
def test_a_job_that_wants_too_much_memory_ends_with_a_sentence_and_others_live(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "TRIES", 1)
    pool = Pool(1, largest=2**30)
    assert pool.submit(grown, 2**20).result(60) == 2**20
    with pytest.raises(UserError, match="memory"):
        call(pool, grown, 2**31).result(120)
    assert call(pool, pow, 2, 5).result(60) == 32
    pool.shutdown()

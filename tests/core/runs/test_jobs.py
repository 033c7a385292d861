"""Calls that outlive their workers."""

import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future

import pytest

from core.errors import UserError
from core.runs import jobs


class Dying(Executor):
    """Its worker dies under the first `deaths` jobs; later ones are done at once."""

    def __init__(self, deaths: int) -> None:
        self.deaths, self.jobs = deaths, 0
        self.fault = BrokenExecutor("gone")

    def submit(self, function: Callable, /, *arguments: object) -> Future:
        self.jobs += 1
        future: Future = Future()
        if self.jobs <= self.deaths:
            future.set_exception(self.fault)
        else:
            try:
                future.set_result(function(*arguments))
            except ArithmeticError as error:
                future.set_exception(error)
        return future


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "PAUSE", 0.001)


@pytest.mark.parametrize("deaths", [0, 1, 4])
def test_a_job_is_done_again_until_a_worker_lives_through_it(deaths: int) -> None:
    pool = Dying(deaths)
    assert jobs.call(pool, pow, 2, 5).result(5) == 32
    assert pool.jobs == deaths + 1


def test_what_a_job_took_of_the_processor_is_told_and_not_what_it_waited() -> None:
    slept, worked = (jobs.call(Dying(1), each, 0.2) for each in (time.sleep, _busy))
    assert (slept.result(5), worked.result(5)) == (None, None)
    assert slept.seconds < 0.1 <= worked.seconds


def _busy(seconds: float) -> None:
    ends = time.thread_time() + seconds
    while time.thread_time() < ends:
        pass


def test_a_job_that_kills_every_worker_is_given_up() -> None:
    pool = Dying(100)
    with pytest.raises(UserError, match="should fit into a worker's memory"):
        jobs.call(pool, pow, 2, 5).result(5)
    assert pool.jobs == jobs.TRIES


def test_a_job_under_which_workers_die_is_soon_tried_where_it_takes_nobody_elses_along() -> None:
    pool = Dying(100)
    pool.alone = Dying(1)
    assert jobs.call(pool, pow, 2, 5).result(5) == 32
    assert (pool.jobs, pool.alone.jobs) == (jobs.TOGETHER, 2)


def test_a_job_may_hang_once_but_not_twice() -> None:
    pool = Dying(1)
    pool.fault = jobs.Overrun("late")
    assert jobs.call(pool, pow, 2, 5).result(5) == 32
    pool = Dying(2)
    pool.fault = jobs.Overrun("late")
    with pytest.raises(UserError, match="takes longer"):
        jobs.call(pool, pow, 2, 5).result(5)


def test_a_fault_of_the_job_itself_is_not_tried_again() -> None:
    pool = Dying(0)
    with pytest.raises(ZeroDivisionError):
        jobs.call(pool, divmod, 1, 0).result(5)
    assert pool.jobs == 1


def test_waiting_too_long_is_said_in_a_sentence() -> None:
    with pytest.raises(UserError, match="busy"):
        jobs.wait(Future(), 0.01)

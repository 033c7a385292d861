"""Calls of pure functions on an executor, asked again when a worker died or hung under them. Knows nothing of runs."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Any, NamedTuple

from core.errors import UserError

TRIES = 5
PAUSE = 0.1
TOGETHER = 2
"""So many workers may die under a job among others'; from then on it is tried where it takes nobody else's along."""
HANGS = 2
"""So often may a job take too long: a worker may hang through no fault of the job's."""


class Overrun(BrokenExecutor):
    """A job took longer than any may; its worker was ended."""


class Worked(NamedTuple):
    """What a job has given, and the seconds of a processor that it took."""

    result: Any
    seconds: float


def worked(function: Callable, *arguments: Any) -> Worked:
    """Does a job, by the clock of the thread that does it."""
    began = time.thread_time()
    return Worked(function(*arguments), time.thread_time() - began)


def call(pool: Executor, function: Callable, *arguments: Any) -> Future:
    """The function's result. A job is pure, so one whose worker died is simply done again, up to five times.

    The future raises what the function raises, and `UserError` for a job that outlasts or outgrows every worker. Once
    it is done it has the attribute `seconds`: of the processor, for the job alone.
    """
    answer: Future = Future()

    def submit(deaths: int, hangs: int) -> None:
        place = getattr(pool, "alone", pool) if deaths + hangs >= TOGETHER else pool
        try:
            future = place.submit(worked, function, *arguments)
        except (BrokenExecutor, RuntimeError) as error:
            retry(deaths, hangs, error)
        else:
            future.add_done_callback(lambda done: settle(done, deaths, hangs))

    def settle(done: Future, deaths: int, hangs: int) -> None:
        error = done.exception()
        if isinstance(error, BrokenExecutor):
            retry(deaths, hangs, error)
        elif error is not None:
            answer.set_exception(error)
        else:
            result, answer.seconds = done.result()  # type: ignore[attr-defined]
            answer.set_result(result)

    def retry(deaths: int, hangs: int, error: BaseException) -> None:
        hung = isinstance(error, Overrun)
        deaths, hangs = deaths + (not hung), hangs + hung
        if hangs >= HANGS:
            answer.set_exception(_too_long())
        elif deaths >= TRIES:
            answer.set_exception(_too_large() if isinstance(error, BrokenExecutor) else error)
        else:
            threading.Timer(PAUSE, submit, (deaths, hangs)).start()

    submit(0, 0)
    return answer


def wait(future: Future, timeout: float) -> Any:
    """The future's result. Raises `UserError` when it takes longer than `timeout` seconds."""
    try:
        return future.result(timeout)
    except TimeoutError as error:
        raise UserError("The server should answer within a minute.", "it is busy", "Try again in a moment.") from error


def _too_long() -> UserError:
    fix = "Make the network, the batch or the table smaller."
    return UserError("A step should be done within a minute.", "one that takes longer", fix)


def _too_large() -> UserError:
    fix = "Make the network, the batch or the table smaller."
    return UserError("A training should fit into a worker's memory.", "one whose workers die", fix)

"""Calls of pure functions on an executor, asked again when a worker died under them. Knows nothing of runs."""

import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Any

from core.errors import UserError

TRIES = 5
PAUSE = 0.1


def call(pool: Executor, function: Callable, *arguments: Any) -> Future:
    """The function's result. A job is pure, so one whose worker died is simply done again, up to five times."""
    answer: Future = Future()

    def submit(tries: int) -> None:
        try:
            future = pool.submit(function, *arguments)
        except (BrokenExecutor, RuntimeError) as error:
            retry(tries, error)
        else:
            future.add_done_callback(lambda done: settle(done, tries))

    def settle(done: Future, tries: int) -> None:
        error = done.exception()
        if isinstance(error, BrokenExecutor):
            retry(tries, error)
        elif error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(done.result())

    def retry(tries: int, error: BaseException) -> None:
        if tries <= 1:
            answer.set_exception(error)
        else:
            threading.Timer(PAUSE, submit, (tries - 1,)).start()

    submit(TRIES)
    return answer


def wait(future: Future, timeout: float) -> Any:
    """The future's result. Raises `UserError` when it takes longer than `timeout` seconds."""
    try:
        return future.result(timeout)
    except TimeoutError as error:
        raise UserError("The server should answer within a minute.", "it is busy", "Try again in a moment.") from error

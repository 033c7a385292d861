"""Work that somebody waits for: step 0 of a changed document, an earlier moment, what the network says of a row.

It goes before slices of training, which nobody waits for (`core.runs.line`), but among people it is as fair: only so much is
under way at a time, and of those who wait the person who has had the least is next. So who asks for much, in many tabs at
once, is in nobody's way but their own. Knows nothing of runs.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from core.errors import UserError
from core.experiment import Experiment
from core.runs.answers import Answers
from core.runs.jobs import call
from core.runs.line import Line


class Asked:
    """From any thread. lanes: how much is under way at a time."""

    def __init__(self, pool: Executor, answers: Answers, lanes: int) -> None:
        self._pool, self._answers = pool, answers
        self._line = Line(lanes)
        self._lock = threading.Lock()
        self._open: set[Future] = set()
        self._closed = False

    def submit(self, person: str, function: Callable, *arguments: Any, of: Experiment | None = None) -> Future:
        """The outcome of a pure function, once the person's turn has come.

        of: the document that decides it, where the same has the same outcome for all (`core.runs.answers`). The future raises
        what `core.runs.jobs.call` does, and `UserError` when the server ends. Once it is done it has the attribute `seconds`:
        of the processor.
        """
        if of is not None and (known := self._answers.known(of, function, *arguments)) is not None:
            return known
        answer: Future = Future()

        def begin(ticket: object) -> None:
            job = (self._pool, function, *arguments)
            future = call(*job) if of is None else self._answers.call(self._pool, of, function, *arguments)
            future.add_done_callback(lambda done: self._over(ticket, answer, done))

        with self._lock:
            if self._closed:
                answer.set_exception(_ends())
                return answer
            self._open.add(answer)
            self._line.add(person, begin)
        self._serve()
        return answer

    def close(self) -> None:
        """Whoever still waits is told so, and so is whoever comes."""
        with self._lock:
            self._closed, left = True, self._open
            self._open = set()
        for answer in left:
            answer.set_exception(_ends())

    def _over(self, ticket: object, answer: Future, done: Future) -> None:
        seconds = getattr(done, "seconds", None)
        with self._lock:
            self._line.over(ticket, seconds)
            waits = answer in self._open
            self._open.discard(answer)
        answer.seconds = seconds or 0.0  # type: ignore[attr-defined]
        if waits and (error := done.exception()) is not None:
            answer.set_exception(error)
        elif waits:
            answer.set_result(done.result())
        self._serve()

    def _serve(self) -> None:
        while True:
            with self._lock:
                found = None if self._closed else self._line.next()
            if found is None:
                return
            ticket, begin = found
            begin(ticket)


def _ends() -> UserError:
    return UserError("The server should be running.", "it is just being stopped", "Reload in a moment; your run is kept.")

"""Answers of pure jobs that somebody has asked for just before: a room full of people who begin with the same document needs
them once. Only of data that everyone has, the samples; what is made from a person's file is never kept here.

Knows nothing of runs. It is this process's own memory.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import Executor, Future
from typing import Any

from core.experiment import Experiment
from core.runs.jobs import call

MOST, LARGEST = 48, 500_000
"""So many answers are kept, of networks whose checkpoints have at most so many bytes."""


class Answers:
    """Whoever asks while an answer is being made waits for the same. A job that failed is not remembered."""

    def __init__(self, most: int = MOST, largest: int = LARGEST) -> None:
        self._most, self._largest = most, largest
        self._known: OrderedDict[Hashable, Future] = OrderedDict()
        self._lock = threading.Lock()

    def known(self, experiment: Experiment, function: Callable, *arguments: Any) -> Future | None:
        """The finished answer, where there is one."""
        with self._lock:
            found = self._known.get(_key(experiment, function, arguments))
        return found if found is not None and found.done() and found.exception() is None else None

    def call(self, pool: Executor, experiment: Experiment, function: Callable, *arguments: Any) -> Future:
        """As `core.runs.jobs.call`. experiment: what the job is about; of the arguments the second is a folder, which samples
        do without."""
        key = _key(experiment, function, arguments)
        if key is None or any(isinstance(each, bytes) and len(each) > self._largest for each in arguments):
            return call(pool, function, *arguments)
        with self._lock:
            found = self._known.get(key)
            if found is None:
                found = self._known[key] = call(pool, function, *arguments)
                while len(self._known) > self._most:
                    self._known.popitem(last=False)
            else:
                self._known.move_to_end(key)
        found.add_done_callback(lambda done: self._judge(key, done))
        return found

    def _judge(self, key: Hashable, done: Future) -> None:
        if done.exception() is not None or len(getattr(done.result(), "checkpoint", b"")) > self._largest:
            with self._lock:
                if self._known.get(key) is done:
                    del self._known[key]


def _key(experiment: Experiment, function: Callable, arguments: tuple[Any, ...]) -> Hashable:
    """What decides the answer; None where it must not be kept."""
    if experiment.data.source.kind != "sample":
        return None
    return function, *(_plain(each) for place, each in enumerate(arguments) if place != 1)


def _plain(argument: Any) -> Hashable:
    if isinstance(argument, Experiment):
        return argument.to_json()
    if isinstance(argument, Mapping):
        return tuple((name, tuple(values)) for name, values in sorted(argument.items()))
    return frozenset(argument) if not isinstance(argument, str | bytes) and argument is not None else argument

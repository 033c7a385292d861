"""A document whose epochs are short, runs of it, and an executor that outlives the engine that uses it."""

import time
from collections.abc import Callable
from concurrent.futures import Executor, Future

from core.data.columns import begin
from core.data.samples import SAMPLES
from core.data.source import load
from core.experiment import Experiment, Source
from core.runs.engine import Engine
from core.runs.run import Run


def two_waves(**changes: object) -> Experiment:
    source = Source(kind="sample", name="two-waves")
    made = begin(source, load(source), SAMPLES["two-waves"]).changed("training.epochs", 20)
    for path, value in changes.items():
        made = made.changed(path.replace("__", "."), value)
    return made


def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.005)


class Borrowed(Executor):
    """An executor that outlives the engine that uses it."""

    def __init__(self, inner: Executor) -> None:
        self.inner = inner

    def submit(self, function: Callable, /, *arguments: object) -> Future:
        return self.inner.submit(function, *arguments)


def twins(**changes: object) -> Experiment:
    return two_waves(**{"training__epochs": 2000, "network__twin": True, **changes})


def paused(engine: Engine, made: Experiment, epochs: int = 2) -> Run:
    """A run that has trained so many epochs."""
    run = engine.create(made)
    for epoch in range(1, epochs + 1):
        engine.command(run, "epoch")
        until(lambda epoch=epoch: run.step == epoch * run.per_epoch and run.status == "paused")
    return run

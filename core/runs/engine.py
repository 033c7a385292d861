"""Drives runs as slices on any `concurrent.futures.Executor`; each run has at most one slice under way.

Knows nothing of pages or HTTP, and never trains itself. One thread owns all changes of runs: commands and finished jobs
reach it through a queue, so there is nothing to lock. A job whose worker died is submitted again from its checkpoint.
"""

import heapq
import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from core.errors import UserError
from core.experiment import Experiment
from core.runs import slice as work
from core.runs.jobs import call, wait
from core.runs.run import SPEEDS, Run, new_id
from core.runs.sentences import advice, difference
from core.runs.uploads import folder_of
from core.training.checkpoint import Failure, adopt, rescaled, unpack

LOG = logging.getLogger(__name__)
SLICE = 0.1
"""Seconds between two pictures of a running network, and the most that a slice trains for."""
COMMANDS = ("play", "pause", "step", "epoch", "rewind", "restart", "speed")


@dataclass(order=True)
class Due:
    at: float
    number: int
    run: Run = field(compare=False)


class Engine:
    """`pool` does the work and is asked again when a worker died. `folder` holds uploaded files.

    At most `lanes` slices (and other work that nobody waits for) are under way at a time; the others stand in line, first
    come, first served. So whoever changes a document waits for one slice at most, however many runs are playing.
    """

    def __init__(self, pool: Executor, folder: str, lanes: int = 2) -> None:
        self.pool, self.folder, self.lanes = pool, folder, lanes
        self._line: deque[Callable[[], None]] = deque()
        self._under_way = 0
        self.runs: dict[str, Run] = {}
        self._events: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._due: list[Due] = []
        self._number = count()
        self._busy: dict[str, int] = {}
        self._left: dict[str, int | None] = {}
        self._next: dict[str, float] = {}
        self._beginning: dict[str, list[tuple[str, Any]]] = {}
        self._thread = threading.Thread(target=self._conduct, name="engine", daemon=True)
        self._thread.start()

    # -- what pages and routes call, from any thread ---------------------------------------------------------------

    def create(self, experiment: Experiment, timeout: float = 60.0, id: str = "") -> Run:
        """A new run of `experiment`, ready to play. Raises `UserError` when document and data do not fit.

        id: its id, where files were put into its folder beforehand.
        """
        run = Run(experiment, id or new_id())
        begun = wait(call(self.pool, work.begin, experiment, self.place(run)), timeout)
        run.begun(begun)
        self.runs[run.id] = run
        self._events.put(lambda: self._score(run))
        return run

    def change(self, run: Run, experiment: Experiment, timeout: float = 60.0, anew: bool = False) -> None:
        """Gives the run another document. Where that can be taken up on the way the run goes on, else it starts anew.

        anew: start anew in any case.

        Raises `UserError` when the document does not fit its data; the run then stays as it was.
        """
        if experiment == run.experiment:
            return
        adopted = not anew and adopt(unpack(run.checkpoint), experiment) is not None
        same_data = experiment.data == run.experiment.data
        begun = None if adopted and same_data else wait(call(self.pool, work.begin, experiment, self.place(run)), timeout)
        done = threading.Event()

        def take() -> None:
            if adopted:
                self._adopt(run, experiment, begun)
            elif begun is not None:
                run.experiment, run.draft = experiment, None
                self._begin(run, begun)
            done.set()

        self._events.put(take)
        done.wait(timeout)

    def place(self, run: Run) -> str:
        """The folder of the run's own files."""
        return str(folder_of(self.folder, run.id))

    def command(self, run: Run, name: str, value: Any = None) -> None:
        """play, pause, step, epoch, rewind, restart (with another seed), speed (steps per second, None: no limit)."""
        if name not in COMMANDS:
            raise UserError(f"A command should be one of {', '.join(COMMANDS)}.", f"“{name}”", "Use the buttons.")
        if name == "speed" and value not in SPEEDS:
            raise UserError(f"The speed should be one of {SPEEDS}.", f"{value!r:.40}", "Use the speed control.")
        self._events.put(lambda: self._obey(run, name, value))

    def predict(self, function: Callable, *arguments: Any, timeout: float = 30.0) -> Any:
        """The result of a pure function of `core`, computed by a worker."""
        return wait(call(self.pool, function, *arguments), timeout)

    def close(self) -> None:
        """Ends the engine's thread and the workers."""
        self._events.put(None)
        self._thread.join(timeout=5)
        self.pool.shutdown()

    # -- the engine's own thread ------------------------------------------------------------------------------------

    def _conduct(self) -> None:
        while True:
            wait = max(0.0, self._due[0].at - time.monotonic()) if self._due else None
            try:
                event = self._events.get(timeout=wait)
            except queue.Empty:
                self._submit(heapq.heappop(self._due).run)
                continue
            if event is None:
                return
            try:
                event()
            except Exception:  # noqa: BLE001 what goes wrong with one run must not stop everybody's
                LOG.exception("An event of a run failed")

    def _obey(self, run: Run, name: str, value: Any) -> None:
        if run.id in self._beginning:
            self._beginning[run.id].append((name, value))
            return
        if name == "speed":
            run.speed = value
            self._plan(run, 0.0)
        elif name == "pause":
            if run.status == "playing":
                run.status = "paused"
        elif name in ("rewind", "restart"):
            self._again(run, restart=name == "restart")
        elif run.status != "failed" and run.step < run.steps:
            run.status = "playing"
            self._left[run.id] = {"play": None, "step": 1, "epoch": run.per_epoch - run.step % run.per_epoch}[name]
            self._next[run.id] = time.monotonic()
            self._plan(run, 0.0)
        run.tell()

    def _again(self, run: Run, restart: bool) -> None:
        if restart:
            run.experiment = run.experiment.model_copy(update={"seed": (run.experiment.seed + 1) % 2**31})
        elif run.status == "playing":
            run.status = "paused"
        experiment = run.experiment
        self._beginning[run.id] = []
        future = call(self.pool, work.begin, experiment, self.place(run))

        def take(done: Future) -> None:
            if run.experiment == experiment and done.exception() is None:
                self._begin(run, done.result())
            for name, value in self._beginning.pop(run.id):
                self._obey(run, name, value)

        future.add_done_callback(lambda done: self._events.put(lambda: take(done)))

    def _begin(self, run: Run, begun: work.Begun) -> None:
        playing = run.status == "playing" and self._left.get(run.id) is None
        run.begun(begun)
        run.version += 1
        run.status = "playing" if playing else "ready"
        run.baseline = None
        self._busy.pop(run.id, None)
        if playing:
            self._plan(run, 0.0)
        self._score(run)
        run.tell()

    def _adopt(self, run: Run, experiment: Experiment, begun: work.Begun | None) -> None:
        """begun: step 0 of the changed document where its data are others."""
        point = adopt(unpack(run.checkpoint), experiment)
        if point is None:
            return
        if begun is not None:
            point = rescaled(point, run.per_epoch, begun.facts["steps_per_epoch"])
            run.facts, run.scene, run.step = begun.facts, begun.scene, point.step
        if run.failure is not None:
            self._forget_failure(run)
        says_other = begun is not None or experiment.network != run.experiment.network
        run.mark(difference(run.experiment, experiment))
        run.report = None
        run.draft = None
        run.version += 1
        run.checkpoint, run.experiment = point.pack(), experiment
        if run.status in ("failed", "finished") and run.step < run.steps:
            run.status, run.message = "paused", ""
        self._busy.pop(run.id, None)
        if run.status == "playing":
            self._plan(run, 0.0)
        else:
            self._redraw(run, says_other)
        if begun is not None:
            self._score(run)
        run.tell()

    @staticmethod
    def _forget_failure(run: Run) -> None:
        """Back to the parameters from before the explosion: browsers are told to forget what came after."""
        run.records = [record for record in run.records if record["step"] <= run.step]
        run.marks = [mark for mark in run.marks if mark["epoch"] <= run.epoch]
        run.failure = None
        run.start += 1

    def _redraw(self, run: Run, says_other: bool) -> None:
        """A picture of a standing run under its changed document: a slice of no steps; scores where its answers are others."""
        self._slice(run, steps=0, seconds=None, standing=says_other)

    def _plan(self, run: Run, delay: float) -> None:
        heapq.heappush(self._due, Due(time.monotonic() + delay, next(self._number), run))

    def _submit(self, run: Run) -> None:
        if run.status != "playing" or run.id in self._busy:
            return
        left, steps = self._left.get(run.id), None
        if run.speed is not None:
            steps = max(1, round(run.speed * SLICE))
        if left is not None:
            steps = left if steps is None else min(left, steps)
        self._slice(run, steps, SLICE, standing=left is not None)

    def _slice(self, run: Run, steps: int | None, seconds: float | None, standing: bool) -> None:
        ticket = next(self._number)
        self._busy[run.id] = ticket
        job = (work.go_on, run.checkpoint, self.place(run), steps, seconds, standing)
        self._in_line(lambda done: self._done(run, ticket, done), *job)

    def _done(self, run: Run, ticket: int, future: Future) -> None:
        if self._busy.get(run.id) != ticket:
            return
        del self._busy[run.id]
        error = future.exception()
        if error is not None:
            run.status, run.message = (
                "failed",
                str(error) if isinstance(error, UserError) else "Training stopped unexpectedly. Rewind and try again.",
            )
            run.tell()
            return
        sliced: work.Sliced = future.result()
        if sliced.failure is not None:
            self._failed(run, sliced, sliced.failure)
            return
        taken = sliced.step - run.step
        run.checkpoint, run.step, run.view = sliced.checkpoint, sliced.step, sliced.view
        if taken or sliced.now:
            run.now = sliced.now
        run.records += sliced.records
        now = time.monotonic()
        if run.step >= run.steps:
            run.status = "finished"
            self._finish(run)
        elif run.status == "playing":
            self._go_on(run, taken, now)
        if taken:
            self._measure(run, taken, now)
        run.tell()

    def _failed(self, run: Run, sliced: work.Sliced, failure: Failure) -> None:
        """The curves run up to the explosion; the parameters stay those from before it, for a lower rate to go on from."""
        run.status, run.message, run.failure = "failed", advice(run, failure), failure
        run.records += sliced.records
        run.marks.append({"epoch": failure.step / run.per_epoch, "text": f"“{failure.task}” exploded"})
        run.tell()

    def _go_on(self, run: Run, taken: int, now: float) -> None:
        left = self._left.get(run.id)
        if left is not None:
            self._left[run.id] = left - taken
            if left <= taken:
                run.status = "paused"
                return
        wait = 0.0
        if run.speed is not None:
            due = max(self._next.get(run.id, now) + taken / run.speed, now - 0.2)
            self._next[run.id] = due
            wait = max(0.0, due - now)
        self._plan(run, wait)

    def _measure(self, run: Run, taken: int, now: float) -> None:
        """Steps per second, eased over the last slices."""
        before, run.measured = run.measured, now
        rate = taken / max(now - before, 1e-3)
        run.rate = rate if not run.rate or now - before > 2 else 0.8 * run.rate + 0.2 * rate

    def _finish(self, run: Run) -> None:
        start, checkpoint = run.start, run.checkpoint

        def take(done: Future) -> None:
            if run.start != start or run.checkpoint != checkpoint:
                return
            if done.exception() is None:
                run.report, run.looks = done.result(), run.looks + 1
            else:
                run.message = "The scores on the test rows could not be made. Rewind and train again."
            run.tell()

        self._in_line(take, work.final, checkpoint, self.place(run))

    def _score(self, run: Run) -> None:
        start = run.start

        def take(done: Future) -> None:
            if run.start == start and done.exception() is None:
                run.baseline = done.result()
                run.tell()

        self._in_line(take, work.baselines, run.experiment, self.place(run))

    def _in_line(self, take: Callable[[Future], None], function: Callable, *arguments: Any) -> None:
        """Has a worker do what nobody waits for, when its turn comes; `take` gets the outcome."""

        def over(done: Future) -> None:
            self._under_way -= 1
            try:
                take(done)
            finally:
                self._next_in_line()

        def begin() -> None:
            future = call(self.pool, function, *arguments)
            future.add_done_callback(lambda done: self._events.put(lambda: over(done)))

        self._line.append(begin)
        self._next_in_line()

    def _next_in_line(self) -> None:
        while self._line and self._under_way < self.lanes:
            self._under_way += 1
            self._line.popleft()()

"""Drives runs as slices on any `concurrent.futures.Executor`; each run has at most one slice under way.

Knows nothing of pages or HTTP, and never trains itself. One thread owns all changes of runs: commands and finished jobs
reach it through a queue, so there is nothing to lock. A job whose worker died is submitted again from its checkpoint.
"""

import heapq
import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from core.errors import UserError
from core.experiment import Experiment
from core.runs import slice as work
from core.runs.answers import Answers
from core.runs.asked import Asked
from core.runs.difference import difference
from core.runs.jobs import call, wait
from core.runs.library import Library
from core.runs.limits import PLAYS, check_playing
from core.runs.line import Line
from core.runs.looks import Looks
from core.runs.pace import Pace
from core.runs.processes import Processes
from core.runs.recording import Change
from core.runs.run import SPEEDS, Run, network_of, new_id
from core.runs.sentences import advice
from core.runs.shelf import Shelf
from core.runs.uploads import folder_of
from core.training.anatomy import shown
from core.training.checkpoint import Failure, adopt, rescaled, unpack
from core.training.surgery import edited, parsed, words

LOG = logging.getLogger(__name__)
SLICE = 0.1
"""Seconds between two pictures of a running network, and the most that a slice trains for."""
INSIDE = 0.4
"""Seconds between two pictures of what goes on inside it; browsers move from one to the next."""
COMMANDS = ("play", "pause", "step", "epoch", "rewind", "restart", "speed", "look", "newest", "forget", "edit")
THERE = ("play", "step", "epoch", "edit")
"""Commands that are meant for the moment that one looks at, also while that is being made."""


@dataclass(order=True)
class Due:
    at: float
    number: int
    run: Run = field(compare=False)


class Engine:
    """`pool` does the work and is asked again when a worker died. `folder` holds uploaded files.

    At most `lanes` slices (and other work that nobody waits for) are under way at a time; the others stand in line
    (`core.runs.line`), and so does what people wait for, in a line of its own (`core.runs.asked`). So whoever changes a
    document waits for one slice at most, however many runs are playing.
    shelf: where runs outlive this process; without, they live in it alone.
    """

    def __init__(
        self, pool: Executor, folder: str, lanes: int = 2, shelf: Shelf | None = None, processes: Processes | None = None
    ) -> None:
        self.pool, self.folder = pool, folder
        self.line = Line(lanes)
        self._events: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._due: list[Due] = []
        self._number = count()
        self._busy: dict[str, int] = {}
        self._pace = Pace()
        self._inside: dict[str, float] = {}
        self._beginning: dict[str, list[tuple[str, Any]]] = {}
        self._looks, self._answers = Looks(self), Answers()
        self.asked = Asked(pool, self._answers, lanes)
        self._thread = threading.Thread(target=self._conduct, name="engine", daemon=True)
        self._thread.start()
        self.library = Library(self, shelf, processes)
        self.runs = self.library.runs

    # -- what pages and routes call, from any thread ---------------------------------------------------------------

    def create(self, experiment: Experiment, timeout: float = 60.0, id: str = "", person: str = "") -> Run:
        """A new run of `experiment`, ready to play. Raises `UserError` when document and data do not fit.

        id: its id, where files were put into its folder beforehand. person: whose it is.
        """
        run = Run(experiment, id or new_id())
        run.person = person or run.id
        run.begun(wait(self._fresh(run, experiment), timeout))
        self.library.add(run)
        self._events.put(lambda: self._score(run))
        return run

    def change(self, run: Run, experiment: Experiment, timeout: float = 60.0, anew: bool = False) -> None:
        """Gives the run another document. Where that can be taken up on the way the run goes on, else it starts anew.

        anew: start anew in any case.

        Raises `UserError` when the document does not fit its data; the run then stays as it was.
        """
        if experiment == run.experiment:
            return
        self.library.own(run)
        adopted = not anew and adopt(unpack(run.checkpoint), experiment) is not None
        same_data = experiment.data == run.experiment.data
        begun = None if adopted and same_data else wait(self._fresh(run, experiment), timeout)
        done = threading.Event()

        def take() -> None:
            if self._looks.wait(run, take):
                return
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
        """play, pause, step, epoch, rewind, restart (with another seed), speed (steps per second, None: no limit).

        look ({"step": int}) shows an earlier moment; what trains on then, or is changed, branches off there. newest leaves it.
        forget: the ghosts of earlier branches. edit: as `core.training.surgery` has it, of the network as it is shown.
        """
        if name not in COMMANDS:
            raise UserError(f"A command should be one of {', '.join(COMMANDS)}.", f"“{name:.40}”", "Use the buttons.")
        if name == "speed" and value not in SPEEDS:
            raise UserError(f"The speed should be one of {SPEEDS}.", f"{value!r:.40}", "Use the speed control.")
        if name == "look" and not _is_step(value):
            raise UserError(
                "A look should say at which step, as a whole number from 0.", f"{value!r:.40}", "Use the track below."
            )
        if name == "edit":
            parsed(value, network_of(run))
            if run.status == "failed" and run.looking is None:
                fix = "Look at an earlier moment, or lower the learning rate and press Play."
                raise UserError("A network that is edited should have sensible numbers.", "one whose loss exploded", fix)
        self.library.own(run)
        if name in PLAYS and run.status != "playing":
            check_playing(run, list(self.runs.values()))
        self._events.put(lambda: self._obey(run, name, value))

    def draft(self, run: Run, experiment: Experiment | None) -> None:
        """Keeps a document beside the run that does not fit its data yet; None: there is none any more."""
        if run.draft != experiment:
            self.library.own(run)
            run.draft = experiment
            self._events.put(run.tell)

    def find(self, id: str) -> Run | None:
        """The run of this id, wherever it is; None where there is none. May wait for the database."""
        return self.library.find(id)

    def predict(self, person: str, function: Callable, *arguments: Any, timeout: float = 30.0) -> Any:
        """The result of a pure function of `core`, computed by a worker when the person's turn comes."""
        return wait(self.asked.submit(person, function, *arguments), timeout)

    def seen(self, run: Run) -> None:
        """Somebody begins to look at parts of the run's picture, by `run.wanted`: what it lacks is drawn."""
        self._events.put(lambda: self._complete(run))

    def aside(self, person: str, take: Callable[[Future], None], function: Callable, *arguments: Any) -> None:
        """Has a worker do what nobody waits for, when the person's turn comes; `take` hears on the engine's thread."""
        self._events.put(lambda: self._in_line(person, take, function, *arguments))

    def tell(self, event: Callable[[], None]) -> None:
        """Has the engine's thread do something, when its turn comes."""
        self._events.put(event)

    def close(self) -> None:
        """Ends the engine's thread and the workers. What was not trained by now is trained by whoever comes next."""
        self._events.put(None)
        self._thread.join(timeout=5)
        self.asked.close()
        self.library.close()
        self.pool.shutdown()

    # -- what the library asks for, on the engine's thread -----------------------------------------------------------

    def taken(self, run: Run, looking: int | None) -> None:
        """A run has come from the shelf: this process drives it from where it was."""
        run.measured = time.monotonic()
        if run.status == "playing":
            self._plan(run, 0.0)
        if looking is not None:
            self._looks.look(run, looking)
        if run.status == "finished" and run.report is None:
            self._finish(run)
        if run.baseline is None:
            self._score(run)
        run.tell()

    def pause(self, run: Run) -> None:
        self._obey(run, "pause", None)

    def busy(self, run: Run) -> bool:
        """Whether something is under way for a run that may change it."""
        return run.id in self._busy or run.id in self._beginning or self._looks.under_way(run)

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
        if name in THERE and self._looks.wait(run, lambda: self._obey(run, name, value)):
            return
        if name == "speed":
            run.speed = value
            self._plan(run, 0.0)
        elif name == "pause":
            if run.status == "playing":
                run.status = "paused"
                self._complete(run)
        elif name in ("rewind", "restart"):
            self._again(run, restart=name == "restart")
        elif name == "look":
            self._looks.look(run, value["step"])
        elif name == "newest":
            self._looks.newest(run)
        elif name == "forget":
            run.ghosts = []
        elif name == "edit":
            self._operate(run, value)
        else:
            self._go(run, name)
        run.tell()

    def _go(self, run: Run, name: str) -> None:
        if run.looking is not None:
            self._looks.branch(run, mark=True)
        if run.status != "failed" and run.step < run.steps:
            run.status = "playing"
            run.left = {"play": None, "step": 1, "epoch": run.per_epoch - run.step % run.per_epoch}[name]
            self._pace.begin(run.id)
            self._submit(run, clicked=True)

    def _operate(self, run: Run, told: Any) -> None:
        """Edits the network as it is shown, by hand."""
        if run.looking is not None:
            self._looks.branch(run)
        network = network_of(run)
        try:
            edit = parsed(told, network)
        except UserError:  # the network has become another one since it was asked for
            return
        run.checkpoint, before = edited(unpack(run.checkpoint), network, edit).pack(), run.checkpoint
        if run.status == "failed" or run.checkpoint == before:
            return
        if run.status == "playing":
            run.status = "paused"
        if run.recording.change(Change(run.step, run.step, run.per_epoch, edit=edit)):
            run.marks.pop()
        run.mark(words(edit, network))
        run.edited, run.report = edit.op != "restore", None
        self._busy.pop(run.id, None)
        self._redraw(run, says_other=True)

    def forsake(self, run: Run) -> None:
        """Forgets what is under way for what a run no longer is."""
        self._busy.pop(run.id, None)
        if run.baseline is None:
            self._score(run)

    def _again(self, run: Run, restart: bool) -> None:
        if restart:
            run.experiment = run.experiment.model_copy(update={"seed": (run.experiment.seed + 1) % 2**31})
        elif run.status == "playing":
            run.status = "paused"
        experiment = run.experiment
        self._beginning[run.id] = []
        parts = run.parts
        future = self._fresh(run, experiment, parts)

        def take(done: Future) -> None:
            if run.experiment == experiment and done.exception() is None:
                self._begin(run, done.result(), parts)
            for name, value in self._beginning.pop(run.id):
                self._obey(run, name, value)

        future.add_done_callback(lambda done: self._events.put(lambda: take(done)))

    def _fresh(self, run: Run, experiment: Experiment, parts: frozenset[str] = frozenset()) -> Future:
        """Step 0 of a document, of type `Begun`."""
        return self.asked.submit(run.person, work.begin, experiment, self.place(run), parts, of=experiment)

    def _begin(self, run: Run, begun: work.Begun, parts: frozenset[str] = frozenset()) -> None:
        playing = run.status == "playing" and run.left is None
        run.begun(begun)
        run.drawn = parts
        run.version += 1
        run.status = "playing" if playing else "ready"
        run.baseline = None
        self._busy.pop(run.id, None)
        self._submit(run)  # before the scores: so the next picture takes one turn, not two
        self._score(run)
        run.tell()
        self._complete(run)

    def _adopt(self, run: Run, experiment: Experiment, begun: work.Begun | None) -> None:
        """begun: step 0 of the changed document where its data are others."""
        if run.looking is not None:
            self._looks.branch(run)
        point, step = adopt(unpack(run.checkpoint), experiment), run.step
        if point is None:
            return
        if begun is not None:
            point = rescaled(point, run.per_epoch, begun.facts["steps_per_epoch"])
            run.facts, run.scene, run.step = begun.facts, begun.scene, point.step
        if run.failure is not None:
            run.failure = None  # back to the parameters from before the explosion
            run.cut(run.epoch)
        says_other = begun is not None or experiment.network != run.experiment.network
        run.mark(difference(run.experiment, experiment))
        run.recording.change(Change(step, run.step, run.per_epoch, document=experiment))
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

    def _redraw(self, run: Run, says_other: bool) -> None:
        """A picture of a standing run under its changed document: a slice of no steps; scores where its answers are others."""
        self._slice(run, steps=0, seconds=None, standing=says_other)

    def _complete(self, run: Run) -> None:
        """Draws what a standing run's picture lacks of the parts that are looked at; a playing one's next has them anyway."""
        if run.looking is not None and not run.parts <= run.looking.parts:
            self._looks.look(run, run.looking.step)
        checkpoint, parts = run.checkpoint, run.parts
        if run.status == "playing" or run.id in self._busy or parts <= run.drawn or run.mirror:
            return

        def take(done: Future) -> None:
            if run.checkpoint is checkpoint and done.exception() is None:
                run.view, run.drawn = done.result(), parts
                run.tell()

        job = (work.picture, checkpoint, self.place(run), parts, shown(run.view.get("network", {})))
        self._in_line(run.person, take, *job, of=run.experiment, wanted=lambda: run.checkpoint is checkpoint)

    def _parts(self, run: Run) -> frozenset[str]:
        """What a slice draws of the picture: of all parts looked at, a playing network's inside only now and then."""
        now = time.monotonic()
        if run.status == "playing" and now < self._inside.get(run.id, 0.0):
            return run.parts - {"network"}
        self._inside[run.id] = now + INSIDE
        return run.parts

    def _plan(self, run: Run, delay: float) -> None:
        heapq.heappush(self._due, Due(time.monotonic() + delay, next(self._number), run))

    def _submit(self, run: Run, clicked: bool = False) -> None:
        """The next slice of a run that plays. clicked: somebody waits to see it."""
        if run.status != "playing" or run.id in self._busy or run.mirror:
            return
        left, steps = run.left, None
        if run.speed is not None:
            steps = max(1, round(run.speed * SLICE))
        if left is not None:
            steps = left if steps is None else min(left, steps)
        self._slice(run, steps, SLICE, standing=left is not None, clicked=clicked)

    def _slice(self, run: Run, steps: int | None, seconds: float | None, standing: bool, clicked: bool = False) -> None:
        ticket, parts = next(self._number), self._parts(run)
        self._busy[run.id] = ticket
        job = (work.go_on, run.checkpoint, self.place(run), steps, seconds, standing, parts, shown(run.view.get("network", {})))

        def take(done: Future) -> None:
            self._done(run, ticket, done, parts)

        if not clicked:
            self._in_line(run.person, take, *job, wanted=lambda: self._busy.get(run.id) == ticket)
            return

        def over(done: Future) -> None:
            self.line.charge(run.person, getattr(done, "seconds", 0.0))
            take(done)

        self.asked.submit(run.person, *job).add_done_callback(lambda done: self._events.put(lambda: over(done)))

    def _done(self, run: Run, ticket: int, future: Future, parts: frozenset[str] = frozenset()) -> None:
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
        run.seconds += sliced.seconds
        kept = {part: run.view[part] for part in run.parts - parts if part in run.view}
        run.checkpoint, run.step, run.view, run.drawn = sliced.checkpoint, sliced.step, kept | sliced.view, parts
        if taken or sliced.now:
            run.now = sliced.now
        run.records += sliced.records
        if taken:
            run.recording.keep(run.step, run.checkpoint)
        now = time.monotonic()
        if run.step >= run.steps:
            run.status = "finished"
            self._finish(run)
        elif run.status == "playing":
            self._go_on(run, taken)
        if taken:
            self._measure(run, taken, now)
        run.tell()
        self._complete(run)

    def _failed(self, run: Run, sliced: work.Sliced, failure: Failure) -> None:
        """The curves run up to the explosion; the parameters stay those from before it, for a lower rate to go on from."""
        run.status, run.message, run.failure = "failed", advice(run, failure), failure
        run.records += sliced.records
        run.marks.append({"epoch": failure.step / run.per_epoch, "text": f"“{failure.task}” exploded"})
        run.tell()

    def _go_on(self, run: Run, taken: int) -> None:
        if run.left is not None:
            run.left -= taken
            if run.left <= 0:
                run.status = "paused"
                return
        self._plan(run, 0.0 if run.speed is None else self._pace.wait(run.id, taken, run.speed))

    def _measure(self, run: Run, taken: int, now: float) -> None:
        """Steps per second, eased over the last slices."""
        before, run.measured = run.measured, now
        rate = taken / max(now - before, 1e-3)
        run.rate = rate if not run.rate or now - before > 2 else 0.8 * run.rate + 0.2 * rate

    def _finish(self, run: Run) -> None:
        start, checkpoint = run.start, run.checkpoint

        def wanted() -> bool:
            return run.start == start and run.checkpoint == checkpoint

        def take(done: Future) -> None:
            if not wanted():
                return
            if done.exception() is None:
                run.report, run.looks = done.result(), run.looks + 1
            else:
                run.message = "The scores on the test rows could not be made. Rewind and train again."
            run.tell()

        self._in_line(run.person, take, work.final, checkpoint, self.place(run), wanted=wanted)

    def _score(self, run: Run) -> None:
        start = run.start

        def take(done: Future) -> None:
            if run.start == start and done.exception() is None:
                run.baseline = done.result()
                run.tell()

        job = (work.baselines, run.experiment, self.place(run))
        self._in_line(run.person, take, *job, of=run.experiment, wanted=lambda: run.start == start)

    def _in_line(
        self,
        person: str,
        take: Callable[[Future], None],
        function: Callable,
        *arguments: Any,
        of: Experiment | None = None,
        wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        """Has a worker do what nobody waits for, when the person's turn comes; `take` gets the outcome.

        of: the document that decides it, where the same has the same outcome for all; what is known already comes at once.
        wanted: asked when its turn comes; what nobody wants any more is left out, and `take` hears nothing.
        """
        if of is not None and (known := self._answers.known(of, function, *arguments)) is not None:
            take(known)
            return

        def begin(ticket: object) -> None:
            def over(done: Future) -> None:
                self.line.over(ticket, getattr(done, "seconds", None))
                try:
                    take(done)
                finally:
                    self._serve()

            job = (function, *arguments)
            future = call(self.pool, *job) if of is None else self._answers.call(self.pool, of, *job)
            future.add_done_callback(lambda done: self._events.put(lambda: over(done)))

        self.line.add(person, begin, wanted)
        self._serve()

    def _serve(self) -> None:
        while (found := self.line.next()) is not None:
            ticket, begin = found
            begin(ticket)


def _is_step(value: Any) -> bool:
    step = value.get("step") if isinstance(value, dict) else None
    return isinstance(step, int) and not isinstance(step, bool) and 0 <= step < 2**53

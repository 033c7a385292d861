"""Earlier moments of runs: looked at, left again, and gone on from, which makes a branch.

All of it happens on the engine's thread. At most one look of a run is under way; of those asked for meanwhile the newest wins.
What is to happen at the moment that was asked for waits until it is there. Knows nothing of how a moment is made.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from core.runs import slice as work
from core.runs.difference import difference
from core.runs.recording import CLOSE, Change, Keyframe, Way
from core.runs.run import Looking, Run
from core.training.checkpoint import adopt, rescaled, unpack

if TYPE_CHECKING:
    from core.runs.engine import Engine

LOG = logging.getLogger(__name__)
ON = "went on from here"


class Looks:
    """engine: whose runs are looked at."""

    def __init__(self, engine: "Engine") -> None:
        self._engine = engine
        self._under_way: dict[str, object] = {}
        self._wanted: dict[str, int] = {}
        self._then: dict[str, list[Callable[[], None]]] = {}

    def wait(self, run: Run, then: Callable[[], None]) -> bool:
        """Whether a look is under way: then it calls `then` once the moment is there."""
        if run.id not in self._under_way:
            return False
        self._then.setdefault(run.id, []).append(then)
        return True

    def under_way(self, run: Run) -> bool:
        return run.id in self._under_way

    def look(self, run: Run, step: int) -> None:
        """Pauses, and shows the moment after so many steps, as the newest epochs count them; the newest where there is none."""
        if run.status == "playing":
            run.status = "paused"
        if step >= (run.step if run.failure is None else run.failure.step):
            return self.newest(run)
        self._wanted[run.id] = step
        if run.id not in self._under_way:
            self._seek(run)
        return None

    def newest(self, run: Run) -> None:
        run.looking = None
        self._wanted.pop(run.id, None)
        self._over(run)

    def branch(self, run: Run, mark: bool = False) -> None:
        """Goes back to the moment that is looked at, to go on from there under the run's document: what came later is a ghost.

        mark: notes it in the history, also where nothing else is changed there.
        """
        looking, run.looking = run.looking, None
        point = None if looking is None else adopt(unpack(looking.keyframe.raw), run.experiment)
        if looking is None or point is None:
            return
        run.recording.cut(looking.keyframe)
        text = ""
        if looking.experiment != run.experiment:
            text = difference(looking.experiment, run.experiment)
            point = rescaled(point, looking.per_epoch, run.per_epoch)
            run.recording.change(Change(looking.keyframe.step, point.step, run.per_epoch, document=run.experiment))
        run.status = "paused" if point.step else "ready"  # first: who looks meanwhile sees no end without its records
        run.ghost(looking.epoch)
        run.cut(looking.epoch)
        run.step, run.checkpoint, run.edited = point.step, point.pack(), bool(point.surgery)
        run.view, run.drawn = looking.view, looking.parts
        run.now = None if looking.now is run.records[-1] else looking.now
        run.failure, run.message, run.report = None, "", None
        if text or mark:
            run.mark(text or ON)
        self._engine.forsake(run)

    def _seek(self, run: Run) -> None:
        step, ticket, start, parts = self._wanted.pop(run.id), object(), run.start, run.parts
        near = run.looking.keyframe if run.looking else None
        way = run.recording.way(step / run.per_epoch, near)
        known = None if way.fresh else _recorded(run, way)
        self._under_way[run.id] = ticket

        def take(done: Future) -> None:
            if self._under_way.get(run.id) is not ticket:
                return
            if done.exception() is not None:
                LOG.error("A moment could not be made again", exc_info=done.exception())
            elif run.start == start:
                moment: work.Moment = done.result()
                frame, now = Keyframe(moment.checkpoint, way.changes, way.step), known or moment.now or {}
                kept = moment.experiment, moment.scene, moment.view, now
                run.looking = Looking(step, way.epoch, way.per_epoch, frame, *kept, parts)
                run.tell()
            if run.start == start and run.id in self._wanted:
                self._seek(run)
            else:
                self._over(run)

        future = self._engine.asked.submit(run.person, work.moment, way, self._engine.place(run), known is None, parts)
        future.add_done_callback(lambda done: self._engine.tell(lambda: take(done)))

    def _over(self, run: Run) -> None:
        self._under_way.pop(run.id, None)
        for then in self._then.pop(run.id, []):
            then()


def _recorded(run: Run, way: Way) -> dict | None:
    """The record of a moment where an epoch ends."""
    return next((record for record in run.records if abs(record["epoch"] - way.epoch) < CLOSE), None)

"""All runs, wherever they are: in this process, on the shelf, or driven by another process of the app.

What people have told a run that this process drives is written down at once, what it learns at most once in `EACH`. A run that
another process drives is *mirrored*: it is read again while somebody looks at it. Whoever acts on a run drives it from then on.
One that played when its process died is driven on by whoever notices first. Knows nothing of how a run is trained, or of HTTP.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import partial
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError

from core.errors import UserError
from core.runs.processes import Processes
from core.runs.run import Run, plausible
from core.runs.shelf import LostError, Shelf, Snapshot, Taken, Written, snapshot

LOG = logging.getLogger(__name__)
EACH = 1.0
"""Seconds between two writes of a run that only trains."""
BEAT, LOOK = 2.0, 0.5
"""Seconds between two signs of life, and between two looks at a run that another process drives."""
IDLE = 600.0
"""Seconds after which a run that nobody looks at pauses, and leaves memory."""
HERE = {"id", "listeners", "wanted", "watchers", "seen", "mirror", "drawn", "looking", "measured"}
"""What of a run is this process's own affair."""


class Driver(Protocol):
    """What the library asks of the engine, which owns all changes of runs."""

    def tell(self, event: Callable[[], None]) -> None: ...
    def taken(self, run: Run, looking: int | None) -> None: ...
    def pause(self, run: Run) -> None: ...
    def busy(self, run: Run) -> bool: ...


class Library:
    """Without a shelf runs live in this process alone."""

    def __init__(self, driver: Driver, shelf: Shelf | None = None, processes: Processes | None = None) -> None:
        self.runs: dict[str, Run] = {}
        self.trouble = ""
        """Why the last write failed; "" while all is well."""
        self._driver, self._shelf, self._processes = driver, shelf, processes
        self._watched: dict[str, str] = {}
        self._written: dict[str, Written] = {}
        self._changed: dict[str, Snapshot] = {}
        self._due: dict[str, float] = {}
        self._told: dict[str, tuple] = {}
        self._urgent: set[str] = set()
        self._marks: dict[str, float] = {}
        self._finding, self._writing = threading.RLock(), threading.RLock()
        self._news, self._ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._keep, name="library", daemon=True)
        if shelf is not None:
            self._thread.start()

    # -- from any thread --------------------------------------------------------------------------------------------

    def add(self, run: Run) -> None:
        """Takes a new run. Raises `UserError` when it cannot be kept."""
        if self._shelf is not None:
            try:
                with self._writing:
                    self._written[run.id] = self._shelf.put(snapshot(run), None)
            except (SQLAlchemyError, OSError) as error:
                LOG.warning("A run could not be written: %s", type(error).__name__)
                raise UserError(
                    "A new run should have a place where it is kept.", "a full disk or a busy database", "Try again soon."
                ) from error
        self._shelve(run)

    def find(self, id: str) -> Run | None:
        """The run of this id; None where there is none. May wait for the database."""
        run = self.runs.get(id)
        if run is None and self._shelf is not None and plausible(id):
            with self._finding:
                run = self.runs.get(id)
                taken = self._shelf.take(id) if run is None else None
                if taken is not None:
                    run = self._take(taken)
        if run is not None:
            run.seen = time.monotonic()
        return run

    def find_watched(self, watch_id: str) -> Run | None:
        """The run that may be looked at by this id, but not acted on."""
        id = self._watched.get(watch_id)
        if id is None and self._shelf is not None and plausible(watch_id):
            id = self._shelf.watched(watch_id)
        return None if id is None else self.find(id)

    def of(self, person: str) -> list[str]:
        """Ids of a person's runs, wherever they are."""
        here = [run.id for run in list(self.runs.values()) if run.person == person]
        return list(dict.fromkeys([*here, *(self._shelf.of(person) if self._shelf else [])]))

    def own(self, run: Run) -> None:
        """Makes this process the driver of a run; it is then as its last driver wrote it."""
        if not run.mirror or self._shelf is None:
            return
        with self._finding:
            for _ in range(5):
                taken = self._shelf.take(run.id)
                if taken is not None and self._shelf.claim(run.id, taken.written.fence):
                    break
            else:
                raise UserError("This run should be here.", "that others take it, or deleted it", "Try again.")
            done = threading.Event()

            def become() -> None:
                self._become(run, taken, mirror=False)
                done.set()

            self._driver.tell(become)
            done.wait(10)

    def flush(self) -> None:
        """Writes what has changed, now."""
        self._write(time.monotonic(), all=True)

    def drop(self, run: Run) -> None:
        """Forgets a run for good."""
        self._forget(run)
        if self._shelf is not None:
            self._shelf.drop(run.id)

    def sweep(self, days: float) -> int:
        """Deletes runs that stand and that nobody has looked at for so long, but those in memory. How many those were."""
        if self._shelf is None:
            return 0
        with self._finding:  # none of them comes back meanwhile
            old = [id for id in self._shelf.unused(days) if id not in self.runs]
            for id in old:
                self._shelf.drop(id)
        return len(old)

    def close(self) -> None:
        """Writes all and leaves the runs to whoever comes next."""
        self._ended.set()
        self._news.set()
        if self._shelf is None:
            return
        self._thread.join(timeout=5)
        try:
            self.flush()
            self._shelf.leave()
        except (SQLAlchemyError, OSError):
            LOG.exception("The runs could not be written at the end")

    # -- a run comes and goes -----------------------------------------------------------------------------------------

    def _shelve(self, run: Run) -> None:
        self._watched[run.watch_id] = run.id
        self.runs[run.id] = run
        if self._shelf is not None:
            run.listeners.add(partial(self._note, run))

    def _take(self, taken: Taken) -> Run:
        run = taken.run
        free = taken.driver in (None, self._shelf.process if self._shelf else None)
        if free and self._shelf is not None:
            free = self._shelf.claim(run.id, taken.written.fence)
        run.mirror = not free
        self._written[run.id] = self._next(taken) if free else taken.written
        self._shelve(run)
        if free:
            self._driver.tell(lambda: self._driver.taken(run, taken.looking))
        return run

    def _become(self, run: Run, taken: Taken, mirror: bool) -> None:
        """On the engine's thread: the run is now as it was taken from the shelf."""
        for field in fields(Run):
            if field.name not in HERE:
                setattr(run, field.name, getattr(taken.run, field.name))
        run.mirror, run.looking = mirror, None
        self._written[run.id] = taken.written if mirror else self._next(taken)
        if mirror:
            run.tell()
        else:
            self._driver.taken(run, taken.looking)

    @staticmethod
    def _next(taken: Taken) -> Written:
        found = taken.written
        return Written(found.fence + 1, found.saved, found.start, found.records, found.blobs)

    def _forget(self, run: Run) -> None:
        self.runs.pop(run.id, None)
        self._watched.pop(run.watch_id, None)
        with self._writing:
            self._written.pop(run.id, None)
            self._changed.pop(run.id, None)
            self._due.pop(run.id, None)
            self._told.pop(run.id, None)
            self._urgent.discard(run.id)

    # -- the library's own thread -------------------------------------------------------------------------------------

    def _note(self, run: Run) -> None:
        """The run has changed: its latest version is the one that will be written."""
        if not run.mirror and run.id in self.runs:
            fresh, told = run.id not in self._changed, (run.status, run.start, run.version, run.speed)
            self._changed[run.id] = snapshot(run)
            if told != self._told.get(run.id):  # a click: it must outlive whatever happens a moment later
                self._told[run.id] = told
                self._urgent.add(run.id)
                self._news.set()
            elif fresh:
                self._news.set()

    def _keep(self) -> None:
        beat = look = 0.0
        tidy = time.monotonic() + IDLE / 20  # what has just come is not idle
        while not self._ended.is_set():
            now = time.monotonic()
            try:
                self._write(now)
                if now >= beat:
                    beat = now + BEAT
                    self._live()
                    if not self._changed:
                        self.trouble = ""
                if now >= look:
                    look = now + LOOK
                    self._mirror(now)
                if now >= tidy:
                    tidy = now + IDLE / 20
                    self._tidy(now)
            except (SQLAlchemyError, OSError) as error:
                self._failed(error)
            except Exception:  # what goes wrong with one run must not end the keeping of all
                LOG.exception("The library failed")
            self._news.wait(LOOK / 2)
            self._news.clear()

    def _failed(self, error: Exception) -> None:
        if not self.trouble:
            LOG.warning("Runs cannot be written for now: %s", type(error).__name__)
        self.trouble = type(error).__name__

    def _write(self, now: float, all: bool = False) -> None:
        """Writes what is due; a run that cannot be written now is due again."""
        assert self._shelf is not None
        for id in list(self._changed):
            if not all and id not in self._urgent and now < self._due.get(id, 0.0):
                continue
            with self._writing:
                self._urgent.discard(id)  # before the latest version is taken: what is told from here on is written next time
                made, before = self._changed.pop(id, None), self._written.get(id)
                if made is None or before is None:
                    continue
                self._due[id] = now + EACH
                try:
                    self._written[id] = self._shelf.put(made, before)
                    self.trouble = ""
                except LostError:
                    self._lost(id)
                except (SQLAlchemyError, OSError) as error:
                    self._changed.setdefault(id, made)
                    self._failed(error)

    def _lost(self, id: str) -> None:
        run = self.runs.get(id)
        if run is not None:
            run.mirror = True

    def _live(self) -> None:
        """Says that this process lives, and drives on what dead ones had playing."""
        assert self._shelf is not None
        if self._processes is None:
            return
        self._processes.beat()
        self._processes.bury()
        for id in self._shelf.orphans():
            run = self.runs.get(id)
            if run is None:
                self.find(id)
            elif run.mirror:
                self.own(run)

    def _mirror(self, now: float) -> None:
        """Reads again what others drive and somebody here looks at."""
        assert self._shelf is not None
        for run in self._mirrored(now):
            known = self._written.get(run.id)
            if known is None or self._shelf.saved(run.id) == (known.fence, known.saved):
                continue
            taken = self._shelf.take(run.id)
            if taken is None:  # deleted
                self._forget(run)
            else:
                self._driver.tell(partial(self._renew, run, taken))

    def _renew(self, run: Run, taken: Taken) -> None:
        if run.mirror:
            self._become(run, taken, mirror=True)

    def _mirrored(self, now: float) -> Iterable[Run]:
        return [run for run in list(self.runs.values()) if run.mirror and (run.watchers or now - run.seen < 10 * LOOK)]

    def _tidy(self, now: float) -> None:
        """Runs that nobody has looked at for long, here or elsewhere, pause, and leave memory once they are written."""
        assert self._shelf is not None
        runs = list(self.runs.values())
        self._shelf.looked_at([run.id for run in runs if run.watchers])
        before, self._marks = self._marks, self._shelf.used([run.id for run in runs if not run.watchers and not run.mirror])
        for run in runs:
            mark = self._marks.get(run.id)
            if run.watchers or before.get(run.id, mark) != mark:
                run.seen = now
            elif now - run.seen > IDLE:
                if run.status == "playing" and not run.mirror:
                    self._driver.tell(partial(self._driver.pause, run))
                else:
                    self._driver.tell(partial(self._retire, run))

    def _retire(self, run: Run) -> None:
        """On the engine's thread: a run that stands still, or is driven elsewhere, leaves memory once it is written."""
        if self._driver.busy(run) or not self._writing.acquire(blocking=False):
            return
        try:
            if run.id not in self._changed and (run.status != "playing" or run.mirror) and not run.watchers:
                self._forget(run)
        finally:
            self._writing.release()

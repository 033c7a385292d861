"""Runs in the database and among the blobs: put there, taken from there, whole or not at all.

Knows nothing of when that is done, or of who trains. A run has at most one *driver*, a process of the app; `fence` counts
drivers, so that one that has been replaced without knowing it can write nothing any more. What a driver had not written when it
was replaced, the next one trains again, to the same bits.
"""

import hashlib
import json
import time
import zlib
from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

import orjson
from sqlalchemy import delete, insert, select, update

from core.experiment import Experiment, parse
from core.runs.recording import Change, Kept, Keyframe, Recording
from core.runs.run import Ghost, Run
from core.storage import Blobs, Database
from core.storage.tables import PROCESSES, RECORDS, RUNS
from core.training.checkpoint import Failure
from core.training.surgery import Edit

# fmt: off
PLAIN = [
    "message", "version", "speed", "start", "step", "rate", "seconds", "now", "marks", "edited", "baseline", "report", "looks",
]
# fmt: on
"""Fields of a run that are JSON as they are; `left` is one too."""
TRIES = 3


class LostError(Exception):
    """Another process drives the run by now, or it was deleted: nothing was written."""


@dataclass(frozen=True)
class Snapshot:
    """A run at one moment, as it is written. picture: facts, scene and view, as they are told to browsers."""

    id: str
    watch_id: str
    person: str
    status: str
    body: dict[str, Any]
    checkpoint: bytes
    recording: Kept
    start: int
    records: tuple[dict[str, Any], ...]
    picture: dict[str, Any]


@dataclass(frozen=True)
class Written:
    """What is known to be on the shelf. start, records: of the history; blobs: of this version and the one before."""

    fence: int
    saved: int
    start: int
    records: int
    blobs: frozenset[str]


@dataclass(frozen=True)
class Taken:
    """A run from the shelf. driver: the process that trains it; None where no living one does."""

    run: Run
    driver: str | None
    written: Written
    looking: int | None


def snapshot(run: Run) -> Snapshot:
    """All of a run that must outlive the process; quick, since nothing is copied that never changes."""
    body = {name: getattr(run, name) for name in PLAIN} | {
        "left": run.left,
        "marks": list(run.marks),
        "experiment": run.experiment,
        "draft": run.draft,
        "failure": run.failure,
        "ghosts": run.ghosts,
        "looking": run.looking.step if run.looking else None,
    }
    picture = {"facts": run.facts, "scene": run.scene, "view": run.view}
    kept, records = run.recording.kept, tuple(run.records)
    return Snapshot(run.id, run.watch_id, run.person, run.status, body, run.checkpoint, kept, run.start, records, picture)


class Shelf:
    """process: who writes."""

    def __init__(self, database: Database, blobs: Blobs, process: str) -> None:
        self._database, self._blobs, self.process = database, blobs, process

    def put(self, made: Snapshot, before: Written | None) -> Written:
        """Writes a run; before: what is there already, None of a new one, whose driver is then this process.

        Raises `LostError`; `OSError` and `SQLAlchemyError` where there is no room or no database.
        """
        folder = _folder(made.id)
        lying = self._blobs.lying(folder)  # now: what a later driver puts there must stay, however long this takes
        names = {frame.raw: self._blobs.put(folder, frame.raw) for frame in made.recording.keyframes}
        checkpoint = names.get(made.checkpoint) or self._blobs.put(folder, made.checkpoint)
        row = {
            "status": made.status,
            "checkpoint": checkpoint,
            "body": json.dumps(_told(made, names), default=_plain),
            "picture": zlib.compress(orjson.dumps(made.picture, option=orjson.OPT_SERIALIZE_NUMPY), 1),
        }
        used = frozenset({checkpoint, *names.values()})
        known = before.records if before and before.start == made.start else 0
        fresh = [
            {"run": made.id, "number": number, "body": json.dumps(made.records[number], default=_plain)}
            for number in range(known, len(made.records))
        ]
        with self._database.write() as connection:
            if before is None:
                first = {"id": made.id, "watch": made.watch_id, "person": made.person, "driver": self.process}
                connection.execute(insert(RUNS).values(**first, used=time.time(), fence=0, saved=0, **row))
                written = Written(0, 0, made.start, len(made.records), used)
            else:
                mine = (RUNS.c.id == made.id) & (RUNS.c.fence == before.fence) & (RUNS.c.driver == self.process)
                again = update(RUNS).where(mine).values(saved=RUNS.c.saved + 1, **row).returning(RUNS.c.saved)
                saved = connection.execute(again).scalar()
                if saved is None:
                    raise LostError(made.id)
                written = Written(before.fence, saved, made.start, len(made.records), used)
                # Also what was written though this process never heard so: the answer got lost, not the transaction.
                connection.execute(delete(RECORDS).where((RECORDS.c.run == made.id) & (RECORDS.c.number >= known)))
            if fresh:
                connection.execute(insert(RECORDS), fresh)
        with suppress(OSError):  # what is left lying goes the next time
            self._blobs.keep(folder, used | (before.blobs if before else frozenset()), lying)
        return written

    def take(self, id: str) -> Taken | None:
        """A run as it was written last; None where there is none."""
        for attempt in range(TRIES):
            with self._database.read() as connection:
                row = connection.execute(select(RUNS).where(RUNS.c.id == id)).mappings().first()
                if row is None:
                    return None
                history = select(RECORDS.c.body).where(RECORDS.c.run == id).order_by(RECORDS.c.number)
                records = [json.loads(body) for body in connection.execute(history).scalars()]
                alive = connection.execute(select(PROCESSES.c.id).where(PROCESSES.c.id == row["driver"])).first()
            try:
                return self._made(dict(row), records, row["driver"] if alive else None)
            except FileNotFoundError:  # written anew between the two looks
                if attempt == TRIES - 1:
                    raise
        return None

    def watched(self, watch_id: str) -> str | None:
        """The id of the run that may be looked at by this one."""
        with self._database.read() as connection:
            return connection.execute(select(RUNS.c.id).where(RUNS.c.watch == watch_id)).scalar()

    def of(self, person: str) -> list[str]:
        """Ids of a person's runs."""
        with self._database.read() as connection:
            return list(connection.execute(select(RUNS.c.id).where(RUNS.c.person == person)).scalars())

    def saved(self, id: str) -> tuple[int, int] | None:
        """Fence and number of the latest version of a run; None where there is none."""
        with self._database.read() as connection:
            row = connection.execute(select(RUNS.c.fence, RUNS.c.saved).where(RUNS.c.id == id)).first()
        return None if row is None else (row.fence, row.saved)

    def looked_at(self, ids: Collection[str]) -> None:
        """Notes that somebody looks at these runs now, wherever they are driven."""
        if ids:
            with self._database.write() as connection:
                connection.execute(update(RUNS).where(RUNS.c.id.in_(ids)).values(used=time.time()))

    def used(self, ids: Collection[str]) -> dict[str, float]:
        """When somebody last looked at these runs, by the clock of whoever noted it: a mark that moves."""
        with self._database.read() as connection:
            return dict(connection.execute(select(RUNS.c.id, RUNS.c.used).where(RUNS.c.id.in_(ids))).all())

    def unused(self, days: float) -> list[str]:
        """Ids of runs that stand, and at which nobody has looked for so long."""
        old = (RUNS.c.used < time.time() - 86_400 * days) & (RUNS.c.status != "playing")
        with self._database.read() as connection:
            return list(connection.execute(select(RUNS.c.id).where(old)).scalars())

    def claim(self, id: str, fence: int) -> bool:
        """Makes this process a run's driver; False where another was quicker, so that `fence` is old."""
        mine = (RUNS.c.id == id) & (RUNS.c.fence == fence)
        with self._database.write() as connection:
            found = connection.execute(update(RUNS).where(mine).values(driver=self.process, fence=fence + 1))
        return found.rowcount == 1

    def orphans(self) -> list[str]:
        """Ids of runs that play, and that no living process drives."""
        alive = select(PROCESSES.c.id)
        lonely = RUNS.c.driver.is_(None) | RUNS.c.driver.not_in(alive)
        with self._database.read() as connection:
            return list(connection.execute(select(RUNS.c.id).where((RUNS.c.status == "playing") & lonely)).scalars())

    def leave(self) -> None:
        """This process drives nothing any more, and is none of those that live."""
        with self._database.write() as connection:
            connection.execute(update(RUNS).where(RUNS.c.driver == self.process).values(driver=None))
            connection.execute(delete(PROCESSES).where(PROCESSES.c.id == self.process))

    def drop(self, id: str) -> None:
        """Deletes a run and all that is kept of it."""
        with self._database.write() as connection:
            connection.execute(delete(RUNS).where(RUNS.c.id == id))
        self._blobs.drop(_folder(id))

    def _made(self, row: dict[str, Any], records: list[dict[str, Any]], driver: str | None) -> Taken:
        body, folder = json.loads(row["body"]), _folder(row["id"])
        picture = orjson.loads(zlib.decompress(row["picture"]))
        names = {row["checkpoint"], *(frame["blob"] for frame in body["keyframes"])}
        raw = {name: self._blobs.get(folder, name) for name in names}
        run = Run(_parsed(body["experiment"]), row["id"], watch_id=row["watch"], person=row["person"], status=row["status"])
        for name in PLAIN:
            if name in body:  # an older app knew fewer of them
                setattr(run, name, body[name])
        run.left = body["left"]
        run.draft = _parsed(body["draft"]) if body["draft"] else None
        run.failure = Failure(**body["failure"]) if body["failure"] else None
        run.ghosts = [Ghost(**ghost) for ghost in body["ghosts"]]
        run.checkpoint, run.records = raw[row["checkpoint"]], records
        run.facts, run.scene, run.view = picture["facts"], picture["scene"], picture["view"]
        run.recording = Recording.again(
            Kept(
                body["per_epoch"],
                body["apart"],
                tuple(Keyframe(raw[each["blob"]], each["changes"], each["step"]) for each in body["keyframes"]),
                tuple(_change(each) for each in body["changes"]),
            )
        )
        written = Written(row["fence"], row["saved"], run.start, len(records), frozenset(names))
        return Taken(run, driver, written, body["looking"])


def _folder(id: str) -> str:
    """Blobs of a run lie under a hash of its id: an id leads to them, they lead to no id."""
    return f"runs/{hashlib.sha256(id.encode()).hexdigest()[:40]}"


def _told(made: Snapshot, names: dict[bytes, str]) -> dict[str, Any]:
    body, kept = made.body, made.recording
    return body | {
        "experiment": body["experiment"].model_dump(mode="json"),
        "draft": body["draft"].model_dump(mode="json") if body["draft"] else None,
        "failure": asdict(body["failure"]) if body["failure"] else None,
        "ghosts": [asdict(ghost) for ghost in body["ghosts"]],
        "per_epoch": kept.per_epoch,
        "apart": kept.apart,
        "keyframes": [{"blob": names[each.raw], "changes": each.changes, "step": each.step} for each in kept.keyframes],
        "changes": [
            vars(change)
            | {
                "document": change.document.model_dump(mode="json") if change.document else None,
                "edit": asdict(change.edit) if change.edit else None,
            }
            for change in kept.changes
        ],
    }


def _change(told: dict[str, Any]) -> Change:
    document, edit = told["document"], told["edit"]
    return Change(**{**told, "document": _parsed(document) if document else None, "edit": Edit(**edit) if edit else None})


def _parsed(document: dict[str, Any]) -> Experiment:
    return parse(document)


def _plain(value: Any) -> Any:
    """Arrays and their numbers, as lists and numbers."""
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} cannot be kept")

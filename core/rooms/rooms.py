"""All rooms, in the database: who may do what in them. Synchronous, and called from any thread.

A presenter's powers need the room's key, of which the database holds a hash alone. A member is a person, as the page's cookie
tells them apart, and acts only for themselves. Knows nothing of pages, cookies or HTTP.
"""

import json
import secrets
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, delete, insert, select, update

from core.data.store import Store
from core.errors import UserError
from core.experiment import Experiment
from core.rooms import code as codes
from core.rooms import nickname as nicknames
from core.rooms import rows
from core.rooms.challenge import Challenge, board
from core.rooms.export import Told, csv_of
from core.rooms.key import derived, fits, new_key
from core.rooms.locks import COMMANDS, LOCKS, checked, said
from core.rooms.result import Result, result_of
from core.rooms.room import MEMBERS as MOST
from core.rooms.room import Handed, Member, Room
from core.rooms.rows import Row, handed_of, member_of, room_of
from core.rooms.slow import FREE, Slow
from core.rooms.wall import at_hand, result_on, wall
from core.runs import uploads
from core.runs.engine import Engine
from core.runs.run import Run, plausible
from core.storage import Database
from core.storage.tables import HANDED, MEMBERS, ROOMS, WORKED

TITLE = 80
"""Characters of a title at most."""
GUESSES = 50
"""Wrong passwords of a room that cost nothing, from all places together."""
SOON, FRESH = 0.25, 1.0
"""Seconds for which a revision, and the wall, are not asked for again."""
Made = TypeVar("Made")


class Rooms:
    """engine: holds the runs of members. Codes are taken in any case, with or without dashes and spaces.

    Every method that takes a key raises `UserError` without the right one. place: where a guess comes from (a person, an
    address): after a few wrong ones from there, further ones are refused unseen for a while. clock: seconds that never jump.
    """

    def __init__(self, database: Database, engine: Engine, clock: Callable[[], float] = time.monotonic) -> None:
        self._database, self._engine, self._clock = database, engine, clock
        self._slow = Slow(clock)
        self._seen: dict[str, float] = {}
        self._made: dict[tuple[str, str], tuple[float, Any]] = {}
        self._making: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    # -- anyone -----------------------------------------------------------------------------------------------------

    def open(self, title: str, password: str = "") -> tuple[Room, str]:
        """A new room and its presenter's key, 32 characters that nobody can guess; it is told this once.

        password: leads to the key on another device; "": nothing does. Raises `UserError` for a title that is empty or very
        long, and for a password that is too short.
        """
        title = " ".join(title.split())
        if not 1 <= len(title) <= TITLE or nicknames.hidden(title):
            found = f"{len(title):,}" if not 1 <= len(title) <= TITLE else "some that cannot be seen"
            raise UserError(f"A room's title should have 1 to {TITLE} characters.", found, "Write a short one.")
        key = new_key(password)
        made = {"title": title, "salt": key.salt, "key": key.hash, "ended": False, "revision": 0, "crowd": 0, "pushes": 0}
        with self._database.write() as connection:
            code = next(code for code in iter(codes.new_code, "") if rows.room_row(connection, code) is None)
            made |= {"code": code, "used": time.time(), "body": json.dumps(rows.EMPTY)}
            connection.execute(insert(ROOMS).values(**made))
        return room_of(made), key.text

    def room(self, code: str) -> Room | None:
        """The room of a code, ended ones too; None where there is none."""
        row = self._look(code)
        return None if row is None else room_of(row)

    def revision(self, code: str) -> int | None:
        """Counts what the presenter has changed; cheap, to be asked often. None where there is no such room."""
        typed = codes.read(code)
        return self._within(SOON, "revision", typed, lambda: self._revision(typed)) if typed else None

    # -- presenters -------------------------------------------------------------------------------------------------

    def present(self, code: str, password: str, place: str = "") -> str:
        """The presenter's key, for who knows the password. Raises `UserError`: a wrong one, none set, too many guesses."""
        row = self._there(code)
        guessed = ((f"password {row['code']} {place}", FREE), (f"password {row['code']}", GUESSES))
        for name, free in guessed:
            self._slow.take(name, free)
        key = derived(password, row["salt"]) if row["salt"] else ""
        if not row["salt"] or not fits(key, row["key"]):
            fix = "Check it, or present on the device that opened the room."
            raise UserError("The presenter's password should be that of this room.", "another one", fix)
        for name, _ in guessed:
            self._slow.right(name)
        return key

    def presents(self, code: str, key: str, place: str = "") -> bool:
        """Whether this is the presenter's key of the room. Never raises `UserError`."""
        try:
            self._presented(code, key, place)
        except UserError:
            return False
        return True

    def push(self, code: str, key: str, experiment: Experiment, source: str | None = None) -> Room:
        """Gives a document to all. source: id of the run whose uploaded file it needs; the room keeps a copy of it."""
        row = self._presented(code, key)
        if experiment.data.source.kind == "file":
            self._copy(experiment, source or "", _files(row["code"]))
        return self._change(code, key, {"pushed": experiment.model_dump(mode="json")}, pushes=1)

    def lend(self, code: str, run: Run) -> None:
        """Puts the file that the pushed document needs into a run's own folder; does nothing where it needs none.

        Raises `UserError` where the file is gone.
        """
        room = self.room(code)
        if room is not None and room.pushed is not None and room.pushed.data.source.kind == "file":
            uploads.use(self._engine.folder, _files(room.code))
            self._copy(room.pushed, _files(room.code), run.id)

    def follow(self, code: str, key: str, run_id: str | None) -> Room:
        """Everybody sees this run of the presenter's, live; None: they see their own again."""
        if run_id is not None and not plausible(run_id):
            raise UserError("A run that all follow should be here.", "none", "Open it first.")
        return self._change(code, key, {"follow": run_id})

    def lock(self, code: str, key: str, locks: Collection[str]) -> Room:
        """Locks these parts of the document for all members, and opens all others. locks: names of `LOCKS`."""
        return self._change(code, key, {"locks": sorted(checked(locks))})

    def challenge(self, code: str, key: str, challenge: Challenge | None) -> Room:
        """Starts a challenge, or ends it (None)."""
        return self._change(code, key, {"challenge": asdict(challenge) if challenge else None})

    def spotlight(self, code: str, key: str, member_id: str | None) -> Room:
        """Shows one member's run on the stage; None: nobody's."""
        self._presented(code, key)
        if member_id is not None and all(member.id != member_id for member in self.members(code)):
            raise UserError("The spotlight should be on somebody in the room.", "nobody of this name", "Choose from the wall.")
        return self._change(code, key, {"spotlight": member_id})

    def end(self, code: str, key: str, keep: bool) -> None:
        """Ends the room. keep False: deletes all of it, the runs and files that its members had in it too.

        One that has ended can still be deleted.
        """
        row = self._presented(code, key)
        if not row["ended"]:
            self._change(code, key, {"follow": None, "spotlight": None, "locks": []}, ended=True)
        if not keep:
            self._delete(row["code"])

    def export(self, code: str, key: str) -> str:
        """What everyone has come to, as CSV: a row for each member and task, of what was handed in, else as it stands."""
        row = self._presented(code, key)
        handed = {each.member_id: each for each in self.handed(code)}
        told: list[Told] = []
        for member in self.members(code):
            given = handed.get(member.id)
            run = None if given else at_hand(self._engine, member.run_id)
            if given:
                told.append((member.nickname, given.experiment, given.result, True))
            elif run is not None and (result := _result(run)) is not None:
                told.append((member.nickname, run.experiment, result, False))
            else:
                told.append((member.nickname, None, None, False))
        self._seen[row["code"]] = self._clock()
        return csv_of(told)

    # -- members ----------------------------------------------------------------------------------------------------

    def join(self, code: str, person: str, nickname: str) -> Member:
        """A person comes in. Who is in it already stays the same member, and may take another nickname.

        A nickname that another member has gets a number. Raises `UserError`: no such room, ended, full, a bad nickname, and
        for a person who has tried too many codes.
        """
        name, place = nicknames.read(nickname), f"code {person}"
        self._slow.check(place)
        if self._look(code) is None:
            self._slow.wrong(place)
        with self._acting(code) as (connection, row):
            here = rows.member_rows(connection, row["code"])
            known = next((each for each in here if each["person"] == person), None)
            name = nicknames.apart(name, [each["nickname"] for each in here if each is not known])
            if known is not None:
                if name != known["nickname"]:
                    connection.execute(update(MEMBERS).where(rows.of(MEMBERS, known)).values(nickname=name))
                    rows.moved(connection, row)
                return member_of(known | {"nickname": name})
            if len(here) >= MOST:
                fix = "Look on with a neighbour, or ask for another room."
                raise UserError(f"A room should hold at most {MOST} people.", "that it is full", fix)
            made = {"room": row["code"], "number": len(here), "id": secrets.token_hex(8), "person": person, "nickname": name}
            made |= {"run": None, "taken": 0, "joined": time.time()}
            connection.execute(insert(MEMBERS).values(**made))
            rows.moved(connection, row)
            return member_of(made)

    def member(self, code: str, person: str) -> Member | None:
        """This person in the room; None where they are not in it."""
        with self._database.read() as connection:
            row = rows.member_row(connection, codes.read(code) or "", MEMBERS.c.person == person)
        return None if row is None else member_of(row)

    def members(self, code: str) -> list[Member]:
        """All who are in the room, in the order in which they came."""
        with self._database.read() as connection:
            return [member_of(row) for row in rows.member_rows(connection, codes.read(code) or "")]

    def gone_on(self, code: str, member_id: str, run_id: str) -> None:
        """Notes which run a member works on. It is one that they began in this room: it goes when the room is deleted.

        Raises `UserError` for nobody of the room, and in a room that has ended.
        """
        with self._database.read() as connection:
            member = rows.member_row(connection, codes.read(code) or "", MEMBERS.c.id == member_id)
        if member is None or not plausible(run_id):
            raise UserError("A run should be of somebody in the room.", "nobody", "Join the room first.")
        if member["run"] == run_id:
            return
        with self._acting(code) as (connection, row):
            connection.execute(update(MEMBERS).where(rows.of(MEMBERS, member)).values(run=run_id))
            worked = rows.of(WORKED, member) & (WORKED.c.run == run_id)
            if connection.execute(select(WORKED.c.run).where(worked)).first() is None:
                connection.execute(insert(WORKED).values(room=row["code"], number=member["number"], run=run_id))
            rows.moved(connection, row)

    def refuses(self, run_id: str, command: str) -> str | None:
        """Why a command to a member's run may not be given now, in a sentence; None where it may, as in no room at all.

        While all follow the presenter, everything is locked.
        """
        part = COMMANDS.get(command)
        if part is None:
            return None
        body = select(ROOMS.c.body).join(MEMBERS, MEMBERS.c.room == ROOMS.c.code)
        with self._database.read() as connection:
            found = connection.execute(body.where((MEMBERS.c.run == run_id) & ~ROOMS.c.ended)).scalars().all()
        told = [rows.EMPTY | json.loads(each) for each in found]
        return said(LOCKS[part].title) if any(each["follow"] or part in each["locks"] for each in told) else None

    def take(self, code: str, member_id: str, pushes: int) -> bool:
        """Notes that a member takes the room's push of this number; False where they have it: two tabs take it once."""
        older = (MEMBERS.c.room == codes.read(code)) & (MEMBERS.c.id == member_id) & (MEMBERS.c.taken < pushes)
        with self._database.write() as connection:
            return connection.execute(update(MEMBERS).where(older).values(taken=pushes)).rowcount == 1

    def hand_in(self, code: str, person: str, run: Run) -> Handed:
        """Shows a member's run to all as it stands now; in place of what they handed in before.

        Raises `UserError` for who is not in the room, for another person's run, and in a room that has ended.
        """
        if run.person != person:
            raise UserError("What is handed in should be one's own run.", "another person's", "Go on with your own first.")
        experiment, result = run.experiment, _result(run)
        if result is None:
            raise UserError("A run that is handed in should stand for a moment.", "one that just changes", "Try again.")
        with self._acting(code) as (connection, row):
            known = rows.member_row(connection, row["code"], MEMBERS.c.person == person)
            if known is None:
                raise UserError("Who hands in should be in the room.", "somebody who is not", "Join it first.")
            made = {"watch": run.watch_id, "at": time.time(), "body": rows.handed_body(experiment, result)}
            connection.execute(delete(HANDED).where(rows.of(HANDED, known)))
            connection.execute(insert(HANDED).values(room=row["code"], number=known["number"], **made))
            rows.moved(connection, row)
            return handed_of(known | made)

    def handed(self, code: str) -> list[Handed]:
        """What was handed in, the earliest first."""
        with self._database.read() as connection:
            return [handed_of(row) for row in rows.handed_rows(connection, codes.read(code) or "")]

    # -- everyone's runs --------------------------------------------------------------------------------------------

    def wall(self, code: str) -> list[dict[str, Any]]:
        """How everyone's run stands, see `core.rooms.wall`; made anew at most once a second."""
        typed = codes.read(code)
        return self._within(FRESH, "wall", typed, lambda: self._wall(typed)) if typed else []

    def board(self, code: str) -> list[dict[str, Any]]:
        """The challenge's ranked rows, see `core.rooms.challenge.board`: of each member the better of what was handed in and
        of their run as it stands; made anew at most once a second. Empty where there is no challenge."""
        typed = codes.read(code)
        return self._within(FRESH, "board", typed, lambda: self._board(typed)) if typed else []

    def sweep(self, hours: float) -> int:
        """Deletes the rooms that nobody has used for so long; the runs of their members stay. How many those were.

        What was looked at here meanwhile is in use, whatever the clock on the wall says.
        """
        now = self._clock()
        seen = [code for code, at in list(self._seen.items()) if now - at < 3600 * hours]
        with self._database.write() as connection:
            connection.execute(update(ROOMS).where(ROOMS.c.code.in_(seen)).values(used=time.time()))
            old = ROOMS.c.used < time.time() - 3600 * hours
            gone = list(connection.execute(select(ROOMS.c.code).where(old)).scalars())
            connection.execute(delete(ROOMS).where(ROOMS.c.code.in_(gone)))
        for code in gone:
            uploads.delete(self._engine.folder, _files(code))
            self._seen.pop(code, None)
            self._forget(code)
        return len(gone)

    # -- how --------------------------------------------------------------------------------------------------------

    def _look(self, code: str) -> Row | None:
        typed = codes.read(code)
        if typed is None:
            return None
        with self._database.read() as connection:
            row = rows.room_row(connection, typed)
        if row is not None:
            self._seen[typed] = self._clock()
        return row

    def _there(self, code: str) -> Row:
        row = self._look(code)
        if row is None:
            raise _nowhere(code)
        return row

    def _revision(self, code: str) -> int | None:
        with self._database.read() as connection:
            found = connection.execute(select(ROOMS.c.revision).where(ROOMS.c.code == code)).scalar()
        if found is not None:
            self._seen[code] = self._clock()
        return found

    def _presented(self, code: str, key: str, place: str = "") -> Row:
        """The row of the room that this key is the presenter's of.

        A right key is refused only where its own place has guessed before: nobody can keep the presenter out.
        """
        row = self._there(code)
        name = f"key {row['code']} {place}"
        if place:
            self._slow.check(name)
        if not fits(key, row["key"]):
            self._slow.wrong(name)
            self._slow.check(name)
            fix = "Present on the device that opened the room, or enter the password."
            raise UserError("Only the presenter of a room should do this.", "another key", fix)
        return row

    @contextmanager
    def _acting(self, code: str) -> Iterator[tuple[Connection, Row]]:
        """A transaction in which nobody else changes the room. Raises `UserError` where there is none, or it has ended."""
        with self._database.write() as connection:
            typed = codes.read(code)
            row = rows.room_row(connection, typed, hold=True) if typed else None
            if row is None:
                raise _nowhere(code)
            if row["ended"]:
                raise UserError("A room should be open.", "one that its presenter has ended", "Ask for the code of the next.")
            yield connection, row

    def _change(self, code: str, key: str, changes: dict[str, Any], pushes: int = 0, ended: bool = False) -> Room:
        self._presented(code, key)
        with self._acting(code) as (connection, row):
            made = {"body": json.dumps(json.loads(row["body"]) | changes), "ended": ended, "used": time.time()}
            made |= {"revision": row["revision"] + 1, "pushes": row["pushes"] + pushes}
            connection.execute(update(ROOMS).where(ROOMS.c.code == row["code"]).values(**made))
        self._forget(row["code"])
        return room_of(row | made)

    def _delete(self, code: str) -> None:
        with self._database.read() as connection:
            worked = rows.worked(connection, code)
        for run, person in worked:
            self._drop(run, person)
        uploads.delete(self._engine.folder, _files(code))
        with self._database.write() as connection:
            connection.execute(delete(ROOMS).where(ROOMS.c.code == code))
        self._forget(code)

    def _drop(self, run_id: str, person: str) -> None:
        """Deletes a person's run with its files; another's stays."""
        run = self._engine.find(run_id)
        if run is None or run.person != person:
            return
        with suppress(UserError):
            self._engine.command(run, "pause")
        uploads.delete(self._engine.folder, run_id)
        self._engine.library.drop(run)

    def _copy(self, experiment: Experiment, source: str, to: str) -> None:
        """Copies the file of a document from one folder of uploads to another."""
        path = _store(self._engine, source).path(experiment.data.source.sha256)
        _store(self._engine, to).put(Path(path).read_bytes())

    def _wall(self, code: str) -> list[dict[str, Any]]:
        members = self.members(code)
        found = (at_hand(self._engine, member.run_id) for member in members)
        return wall(members, {run.id: run for run in found if run is not None})

    def _board(self, code: str) -> list[dict[str, Any]]:
        room = self.room(code)
        if room is None or room.challenge is None:
            return []
        results = [(each.member_id, each.nickname, True, each.result) for each in self.handed(code)]
        results += [(tile["id"], tile["nickname"], False, result_on(tile)) for tile in self.wall(code) if tile["tasks"]]
        return board(room.challenge, results)

    def _within(self, seconds: float, name: str, code: str, make: Callable[[], Made]) -> Made:
        """What `make` returns, made at most once in so many seconds for all who ask."""
        with self._making[name]:
            at, made = self._made.get((name, code), (0.0, None))
            if made is None or self._clock() - at >= seconds:
                made = make()
                if made is not None:
                    self._made[name, code] = (self._clock(), made)
            return made

    def _forget(self, code: str) -> None:
        for place in [place for place in list(self._made) if place[1] == code]:
            self._made.pop(place, None)


def _nowhere(code: str) -> UserError:
    typed = codes.read(code)
    if typed is None:
        fix = "Check them, and type them again."
        return UserError("A room's code should be six letters, as they stand on the wall.", "another text", fix)
    found = f"“{codes.shown(typed)}”, which no room has"
    return UserError("A code should be a room's.", found, "Compare it with the one on the wall, and type it again.")


def _files(code: str) -> str:
    """What the room's own folder of uploads goes by; no run's id looks like this."""
    return f"room {code}"


def _store(engine: Engine, run: str) -> Store:
    return Store(uploads.folder_of(engine.folder, run))


def _result(run: Run) -> Result | None:
    """None in the moment in which a run becomes another."""
    with suppress(LookupError, UserError):
        return result_of(run)
    return None

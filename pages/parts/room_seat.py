"""Where a visitor sits: in which room, as a member or as its presenter, and what follows from that for all pages.

The room's code stands in the address, so that a refresh finds it again; who somebody is says the page's cookie, and that one
presents says another, which only the browser that opened the room has. Layout is none of its affair.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from core.experiment import Experiment
from core.rooms import rooms
from core.rooms.code import read, shown
from core.rooms.locks import LOCKS, locked, said
from core.rooms.room import Member, Room
from core.runs import engine
from core.runs.run import plausible
from pages.parts import state

_CODE, _KEY, _SEAT, _GONE = "room.code", "room.key", "room.seat", "room.gone"
ROOM = "room"
"""What the address calls the room's code."""
DESK = "mtl_desk_"
"""The cookie that keeps a presenter's key, but for the room's code behind it."""


@dataclass(frozen=True)
class Seat:
    """member: None for the presenter. key: the presenter's, "" for members. Both are for the server alone."""

    room: Room
    member: Member | None
    key: str = ""

    @property
    def presents(self) -> bool:
        return self.member is None

    @property
    def code(self) -> str:
        """As people read it."""
        return shown(self.room.code)

    @property
    def watches(self) -> bool:
        """Whether the presenter's run is shown in place of one's own."""
        return not self.presents and not self.room.ended and self.room.follow is not None

    @property
    def closed(self) -> list[str]:
        """Names of the parts of the document that one cannot change now."""
        if self.watches:
            return list(LOCKS)
        return [] if self.presents or self.room.ended else sorted(self.room.locks)


def key_of(cookies: Mapping[str, object], code: str) -> str:
    """The presenter's key that a browser has for a room; "" where it has none, or a malformed one."""
    key = cookies.get(f"{DESK}{code}")
    return key if isinstance(key, str) and plausible(key) else ""


def seat_of(code: str, person: str | None, cookies: Mapping[str, object], key: str = "") -> Seat | None:
    """Where a person sits in a room; None for who is not in it, and where there is none."""
    room = rooms().room(code)
    if room is None:
        return None
    key = key or key_of(cookies, room.code)
    if key and rooms().presents(room.code, key, person or ""):
        return Seat(room, None, key)
    member = rooms().member(room.code, person) if person else None
    return Seat(room, member) if member else None


def sign(room: Room) -> str:
    """What of a room pages depend on, in a few letters: another sign, and they should look again."""
    told = (room.title, room.ended, room.pushes, room.follow, sorted(room.locks), room.challenge, room.spotlight)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def sit() -> Seat | None:
    """To be called once a run of the script, before anything asks for the run: finds the seat, and what follows from it."""
    held = state.memory()
    asked, before = read(state.asked(ROOM)) or "", held.get(_CODE, "")
    code = asked or before
    key = held.get(_KEY, "") if code == before else ""
    found = seat_of(code, state.person(), st.context.cookies, key) if code else None
    held[_GONE] = found is None and bool(code) and code == before
    if held[_GONE]:
        leave()
        return None
    held[_SEAT], held[_CODE] = found, found.room.code if found else ""
    if found is None:
        _free()
        return None
    state.tell(ROOM, found.room.code)
    if found.member:
        _take_part(found, found.member)
    else:
        _free()
    return found


def seat() -> Seat | None:
    """Where this visitor sits, as `sit` found it."""
    return state.memory().get(_SEAT)


def gone() -> bool:
    """Whether the room that this visitor was in has just been found to be no more."""
    return bool(state.memory().get(_GONE))


def invited() -> str:
    """The code in the address of who is not in that room yet."""
    return "" if seat() else state.asked(ROOM)[:40]


def join(code: str, nickname: str) -> None:
    """Takes a seat, with a run that is begun for it. Raises `UserError` with a sentence on what is wrong."""
    person = state.person()
    member = rooms().join(code, person, nickname)
    room = rooms().room(code)
    assert room is not None
    held = state.memory()
    held.pop(_KEY, None)
    held[_CODE] = room.code
    if member.run_id is None or engine().find(member.run_id) is None:
        ready = room.pushed is not None and room.pushed.data.source.kind != "file"
        begun = room.pushed if ready and room.pushed else state.first()
        run = engine().create(begun, person=person)
        rooms().gone_on(room.code, member.id, run.id)
        if ready:
            rooms().take(room.code, member.id, room.pushes)
        state.enter(run)
    else:
        state.resume(member.run_id)
    state.tell(ROOM, room.code)


def preside(code: str, key: str) -> None:
    """Takes the presenter's seat."""
    held = state.memory()
    held[_CODE], held[_KEY] = code, key
    state.tell(ROOM, code)


def leave() -> None:
    """Gives the seat up; the run stays one's own."""
    held = state.memory()
    for name in (_CODE, _KEY, _SEAT):
        held.pop(name, None)
    state.tell(ROOM, "")
    _free()


def take_pushed(room: Room) -> None:
    """Takes the document that the presenter has sent to all, with the file that it needs."""
    if room.pushed is None:
        return
    rooms().lend(room.code, state.own())
    state.given(room.pushed)


def _take_part(seat: Seat, member: Member) -> None:
    """Another's run to look at, what is locked, and what was sent."""
    room = seat.room
    state.show(room.follow if seat.watches and room.follow else "")
    state.restrict(None if room.ended else _refusal(room.code))
    state.resume(member.run_id)
    run = state.own()
    if run.id != member.run_id and run.person == state.person() and not room.ended:
        rooms().gone_on(room.code, member.id, run.id)
    if room.pushes > member.taken and not room.ended and rooms().take(room.code, member.id, room.pushes):
        take_pushed(room)


def _free() -> None:
    state.show("")
    state.restrict(None)


def _refusal(code: str) -> state.Refusal:
    """Asks the room as it is then: a page may be older than a lock."""

    def refusal(old: Experiment, new: Experiment) -> str | None:
        room = rooms().room(code)
        if room is None or room.ended:
            return None
        if room.follow:
            return state.LOOKING
        title = locked(old, new, room.locks)
        return said(title) if title else None

    return refusal

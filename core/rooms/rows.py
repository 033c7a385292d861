"""Rooms, members and what they handed in, as rows of the database and back. Knows nothing of who may do what."""

import json
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select, update

from core.experiment import Experiment, parse
from core.rooms.challenge import Challenge
from core.rooms.result import Result
from core.rooms.room import Handed, Member, Room
from core.storage.tables import HANDED, MEMBERS, ROOMS, WORKED

Row = dict[str, Any]
EMPTY: dict[str, Any] = {"pushed": None, "follow": None, "locks": [], "challenge": None, "spotlight": None}
"""The body of a room in which nothing is set."""


def room_row(connection: Connection, code: str, hold: bool = False) -> Row | None:
    """The row of a room. hold: until the end of the transaction nobody else changes the room or who is in it."""
    found = select(ROOMS).where(ROOMS.c.code == code)
    row = connection.execute(found.with_for_update() if hold else found).mappings().first()
    return None if row is None else dict(row)


def room_of(row: Row) -> Room:
    body = EMPTY | json.loads(row["body"])
    challenge = body["challenge"]
    return Room(
        code=row["code"],
        title=row["title"],
        ended=bool(row["ended"]),
        revision=row["revision"],
        crowd=row["crowd"],
        pushed=_parsed(json.dumps(body["pushed"])) if body["pushed"] else None,
        pushes=row["pushes"],
        follow=body["follow"],
        locks=frozenset(body["locks"]),
        challenge=Challenge(**challenge) if challenge else None,
        spotlight=body["spotlight"],
        password=bool(row["salt"]),
    )


def moved(connection: Connection, row: Row) -> None:
    """Counts that the crowd of a room, whose row is held, has moved."""
    connection.execute(update(ROOMS).where(ROOMS.c.code == row["code"]).values(crowd=row["crowd"] + 1))


def member_rows(connection: Connection, code: str) -> list[Row]:
    """All of a room, in the order in which they came."""
    found = select(MEMBERS).where(MEMBERS.c.room == code).order_by(MEMBERS.c.number)
    return [dict(row) for row in connection.execute(found).mappings()]


def member_row(connection: Connection, code: str, whose: ColumnElement[bool]) -> Row | None:
    """The member of a room for whom this holds, such as `MEMBERS.c.person == person`."""
    row = connection.execute(select(MEMBERS).where((MEMBERS.c.room == code) & whose)).mappings().first()
    return None if row is None else dict(row)


def member_of(row: Row) -> Member:
    return Member(row["id"], row["nickname"], row["run"], row["joined"], row["taken"])


def of(table: Table, member: Row) -> ColumnElement[bool]:
    """The rows of a table that are a member's."""
    return (table.c.room == member["room"]) & (table.c.number == member["number"])


def worked(connection: Connection, code: str) -> list[tuple[str, str]]:
    """The runs that members have worked on, each with its member's person."""
    whose = (MEMBERS.c.room == WORKED.c.room) & (MEMBERS.c.number == WORKED.c.number)
    found = select(WORKED.c.run, MEMBERS.c.person).join(MEMBERS, whose).where(WORKED.c.room == code)
    return [(run, person) for run, person in connection.execute(found)]


def handed_body(experiment: Experiment, result: Result) -> str:
    return json.dumps({"experiment": experiment.model_dump(mode="json"), "result": asdict(result)})


def handed_rows(connection: Connection, code: str) -> list[Row]:
    """What was handed in, with id and nickname of whose it is, the earliest first."""
    whose = (MEMBERS.c.room == HANDED.c.room) & (MEMBERS.c.number == HANDED.c.number)
    found = select(HANDED, MEMBERS.c.id, MEMBERS.c.nickname).join(MEMBERS, whose).where(HANDED.c.room == code)
    return [dict(row) for row in connection.execute(found.order_by(HANDED.c.at, HANDED.c.number)).mappings()]


def handed_of(row: Row) -> Handed:
    body = json.loads(row["body"])
    experiment = _parsed(json.dumps(body["experiment"]))
    return Handed(row["id"], row["nickname"], experiment, Result(**body["result"]), row["watch"], row["at"])


@lru_cache(maxsize=512)
def _parsed(document: str) -> Experiment:
    """The same documents are asked for at every look at a room."""
    return parse(document)

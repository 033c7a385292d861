"""What is written of a room comes back the same; one that an older app wrote opens too."""

import json

from core.rooms import rows
from core.rooms.challenge import Challenge
from core.rooms.result import Result
from core.rooms.room import Handed, Member, Room
from tests.core.runs.running import two_waves

ROW = {"code": "BCDFGH", "title": "T", "salt": "", "key": "", "ended": 0, "revision": 7, "crowd": 3, "pushes": 2, "used": 0.0}


def test_a_room_comes_back_as_it_was_set() -> None:
    made, challenge = two_waves(), {"text": "Now", "bars": {"a": 0.9}, "smallest": "epochs"}
    body = {"pushed": made.model_dump(mode="json"), "locks": ["data"], "challenge": challenge, "spotlight": "m", "follow": "r"}
    room = rows.room_of(ROW | {"body": json.dumps(rows.EMPTY | body)})
    locks = frozenset({"data"})
    assert room == Room("BCDFGH", "T", False, 7, 3, made, 2, "r", locks, Challenge("Now", {"a": 0.9}, "epochs"), "m", False)


def test_one_whose_body_lacks_something_opens() -> None:
    assert rows.room_of(ROW | {"body": "{}", "salt": "ab"}) == Room("BCDFGH", "T", False, 7, 3, pushes=2, password=True)


def test_a_member_is_told_without_who_they_are() -> None:
    row = {
        "room": "BCDFGH",
        "number": 0,
        "id": "m",
        "person": "secret",
        "nickname": "Anna",
        "run": "r",
        "taken": 2,
        "joined": 5.0,
    }
    assert rows.member_of(row) == Member("m", "Anna", "r", 5.0, 2)
    assert "secret" not in repr(rows.member_of(row))


def test_what_was_handed_in_comes_back_to_the_last_digit() -> None:
    made, result = two_waves(seed=4), Result({"a": 0.1234, "b": None}, 123, 4.56, 7.89)
    row = {"id": "m", "nickname": "Anna", "watch": "w", "at": 5.0, "body": rows.handed_body(made, result)}
    assert rows.handed_of(row) == Handed("m", "Anna", made, result, "w", 5.0)
    assert (rows.handed_of(row).scores, rows.handed_of(row).parameters) == ({"a": 0.1234, "b": None}, 123)

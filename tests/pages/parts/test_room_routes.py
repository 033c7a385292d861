"""What a browser hears of a room: news for who is in it, the wall for its presenter, and nothing for anybody else."""

import json
import time

import pytest
from starlette.applications import Starlette

from core.rooms import rooms
from core.rooms.room import Room
from core.runs.run import new_id
from pages.parts import room_routes
from pages.parts.person import COOKIE, named
from pages.parts.room_seat import DESK, sign
from tests.asking import Answer, ask

APP = Starlette(routes=room_routes.ROUTES)
OURS = {"x-requested-with": "mtl"}
ADA = new_id()


@pytest.fixture
def opened() -> tuple[Room, str]:
    """A room that Ada is in, and its presenter's key."""
    room, key = rooms().open("A lesson")
    rooms().join(room.code, named(ADA), "Ada")
    return room, key


def asked(room: Room | str, what: str, cookies: dict[str, str], lines: int = 1) -> Answer:
    code = room if isinstance(room, str) else room.code
    header = {"cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    return ask(APP, f"/room/{code}/{what}", headers=header, enough=lambda text: text.count("event:") >= lines)


def told(room: Room, key: object, headers: dict[str, str] = OURS) -> Answer:
    body = key if isinstance(key, bytes) else json.dumps({"key": key}).encode()
    return ask(APP, f"/room/{room.code}/desk", "POST", body, headers)


def test_members_and_presenters_hear_news(opened: tuple[Room, str]) -> None:
    room, key = opened
    for cookies in ({COOKIE: ADA}, {DESK + room.code: key}):
        answer = asked(room, "news", cookies)
        assert (answer.status, answer.headers["content-type"].split(";")[0]) == (200, "text/event-stream")
        assert answer.events[0] == ("news", {"sign": sign(room), "people": 1})


def test_news_come_while_one_listens(opened: tuple[Room, str], monkeypatch: pytest.MonkeyPatch) -> None:
    room, key = opened
    monkeypatch.setattr(room_routes, "LOOK", 0.05)
    acts = iter([lambda: rooms().lock(room.code, key, ["data"]), lambda: rooms().join(room.code, named(new_id()), "Bo")])
    heard: list[int] = []

    def enough(text: str) -> bool:
        if text.count("event:") > len(heard):
            heard.append(1)
            next(acts, lambda: None)()
        return len(heard) >= 3

    answer = ask(APP, f"/room/{room.code}/news", headers={"cookie": f"{COOKIE}={ADA}"}, enough=enough)
    first, locked, joined = (value for _, value in answer.events)
    assert first["sign"] != locked["sign"] == joined["sign"]
    assert (first["people"], locked["people"], joined["people"]) == (1, 1, 2)


def test_a_room_that_is_deleted_is_told_of_and_a_stream_ends(opened: tuple[Room, str], monkeypatch: pytest.MonkeyPatch) -> None:
    room, key = opened
    monkeypatch.setattr(room_routes, "LOOK", 0.05)
    monkeypatch.setattr(room_routes, "LASTS", 1.5)
    gone: list[bool] = []

    def enough(text: str) -> bool:
        if "event:" in text and not gone:
            gone.append(True)
            rooms().end(room.code, key, keep=False)
        return False

    began = time.monotonic()
    answer = ask(APP, f"/room/{room.code}/news", headers={"cookie": f"{COOKIE}={ADA}"}, enough=enough)
    assert answer.events[-1] == ("news", {"sign": "", "people": 0})
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("cookies", [{}, {COOKIE: new_id()}, {COOKIE: "x"}, {DESK + "BCDFGH": new_id()}])
def test_who_is_not_in_a_room_hears_the_same_as_of_none(opened: tuple[Room, str], cookies: dict[str, str]) -> None:
    answers = {asked(code, what, cookies)[::2] for code in (opened[0], "BCDFGH", "..%2f", "é") for what in ("news", "wall")}
    assert answers == {(404, json.dumps({"message": room_routes.NOT_HERE}, ensure_ascii=False, separators=(",", ":")))}


def test_the_wall_is_for_the_presenter_alone_and_leads_to_no_run(opened: tuple[Room, str]) -> None:
    room, key = opened
    member = rooms().members(room.code)[0]
    run = new_id()
    rooms().gone_on(room.code, member.id, run)
    assert asked(room, "wall", {COOKIE: ADA}).status == 404
    answer = asked(room, "wall", {DESK + room.code: key})
    assert answer.status == 200
    assert [tile["nickname"] for tile in json.loads(answer.text)["tiles"]] == ["Ada"]
    assert run not in answer.text
    assert key not in answer.text


def test_a_key_becomes_a_cookie_that_no_script_reads(opened: tuple[Room, str]) -> None:
    room, key = opened
    answer = told(room, key)
    cookie = answer.headers["set-cookie"]
    assert answer.status == 204
    assert cookie.startswith(f"{DESK}{room.code}={key};")
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert "Secure" in told(room, key, {**OURS, "x-forwarded-proto": "https"}).headers["set-cookie"]


@pytest.mark.parametrize("key", ["a" * 32, "", None, 7, b"{", b"[]", b"\xff", b"{" * 100_000])
def test_a_false_key_becomes_none(opened: tuple[Room, str], key: object) -> None:
    answer = told(opened[0], key)
    assert (answer.status, answer.headers.get("set-cookie")) == (404, None)


def test_other_sites_cannot_have_a_key_kept(opened: tuple[Room, str]) -> None:
    assert told(*opened, headers={}).status == 403

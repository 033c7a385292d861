"""How much may be open at a time: so much for a person, more for an address, and what has ended counts no more."""

import asyncio
import json

import pytest
from starlette.types import Message, Receive, Scope, Send

from pages.parts.at_once import AtOnce, lasts
from pages.parts.person import COOKIE


def scope(person: str = "", path: str = "/live/x", type: str = "http") -> Scope:
    headers = [(b"cookie", f"{COOKIE}={person * 32}".encode())] if person else []
    return {"type": type, "method": "GET", "path": path, "headers": headers, "client": ("192.0.2.7", 1)}


async def tried(asked: list[Scope], app: AtOnce, ends: asyncio.Event) -> list[list[Message]]:
    """What each hears that asks while those before are open."""
    heard: list[list[Message]] = []
    tasks = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    for each in asked:
        sent: list[Message] = []

        async def send(message: Message, sent: list[Message] = sent) -> None:
            sent.append(message)

        heard.append(sent)
        tasks.append(asyncio.create_task(app(each, receive, send)))  # type: ignore[arg-type]
        await asyncio.sleep(0)
    ends.set()
    await asyncio.gather(*tasks, return_exceptions=True)
    return heard


def app(ends: asyncio.Event, **limits: int) -> AtOnce:
    async def stream(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "there"})
        await ends.wait()
        if scope["path"].endswith("fails"):
            raise ValueError

    return AtOnce(stream, **limits)


def test_the_third_stream_of_a_person_is_refused_and_others_are_not() -> None:
    async def run() -> None:
        ends = asyncio.Event()
        made = app(ends, person=2, address=9)
        socket = scope("a", "/_stcore/stream", "websocket")
        first, second, third, fourth, other = await tried([scope("a"), socket, scope("a"), socket, scope("b")], made, ends)
        assert [each[0]["type"] for each in (first, second, other)] == ["there"] * 3
        assert third[0]["status"] == 429
        told = json.loads(third[1]["body"])["message"]
        assert told.startswith("At most 2 pages and streams should be open at once.")
        assert fourth == [{"type": "websocket.close", "code": 1013}]
        assert len(made.open) == 0, "what has ended counts no more"

    asyncio.run(run())


def test_an_address_has_a_limit_of_its_own_also_for_who_is_nobody() -> None:
    async def run() -> None:
        ends = asyncio.Event()
        made = app(ends, person=2, address=3)
        heard = await tried([scope(), scope("a", "/room/ABCDEF/news"), scope("b", "/live/fails"), scope()], made, ends)
        assert [each[0].get("status", 200) for each in heard] == [200, 200, 200, 429]
        assert len(made.open) == 0

    asyncio.run(run())


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (scope(type="websocket"), True),
        (scope(), True),
        (scope(path="/room/ABCDEF/news"), True),
        (scope(path="/static/x.js"), False),
        (scope() | {"method": "POST"}, False),
        ({"type": "lifespan"}, False),
    ],
)
def test_what_may_stay_open(asked: Scope, expected: bool) -> None:
    assert lasts(asked) is expected

"""Who is answered, by which name, and with which headers."""

import asyncio
import socket
from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from pages.parts.guard import HEADERS, Guard
from tests.asking import ask


async def behind(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("here")(scope, receive, send)


GUARD = Guard(behind)


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:8501",
        "LocalHost:8501",
        "app.localhost",
        "127.0.0.1:8501",
        "192.168.1.20",
        "10.0.0.3:80",
        "[::1]:8501",
        "[fe80::1]",
        socket.gethostname(),
        "laptop.local:8501",
    ],
)
def test_this_machines_names_and_plain_addresses_pass(host: str) -> None:
    answer = ask(GUARD, "/", headers={"host": host})
    assert (answer.status, answer.text) == (200, "here")


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8501",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evil-localhost",
        "notlocalhost",
        "user@evil.example",
        "[::1",
        "",
        "127.1.evil",
        "0x7f.0.0.1.nip.io",
    ],
)
def test_foreign_names_are_refused(host: str) -> None:
    answer = ask(GUARD, "/", headers={"host": host})
    assert answer.status == 421
    assert "here" not in answer.text


def test_a_name_that_is_given_passes_too() -> None:
    assert ask(Guard(behind, ("play.example",)), "/", headers={"host": "play.example:443"}).status == 200
    assert ask(Guard(behind, ("play.example",)), "/", headers={"host": "x.play.example"}).status == 421


def test_every_answer_has_the_headers() -> None:
    found = ask(GUARD, "/").headers
    assert {name.decode(): value.decode() for name, value in HEADERS}.items() <= found.items()
    assert found["x-content-type-options"] == "nosniff"
    policy = dict(part.split(" ", 1) for part in found["content-security-policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == "'none'"
    assert policy["frame-ancestors"] == "'self'"
    assert "unsafe" not in policy["script-src"]
    assert "sha256-" in policy["script-src"]


def test_what_the_app_says_stays() -> None:
    answer = ask(GUARD, "/")
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["content-length"] == "4"


async def _websocket(guard: Guard, host: str) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: dict[str, Any]) -> None:
        told.append(message)

    await guard({"type": "websocket", "headers": [(b"host", host.encode())]}, receive, send)
    return told


async def _accepts(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "websocket.accept"})


def test_a_websocket_by_a_foreign_name_is_closed_before_the_app_hears_of_it() -> None:
    guard = Guard(_accepts)
    assert asyncio.run(_websocket(guard, "evil.example")) == [{"type": "websocket.close", "code": 1008}]
    assert asyncio.run(_websocket(guard, "localhost:8501")) == [{"type": "websocket.accept"}]


def test_start_and_stop_of_the_server_go_through() -> None:
    heard = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        heard.append(scope["type"])

    asyncio.run(Guard(app)({"type": "lifespan"}, None, None))  # type: ignore[arg-type]
    assert heard == ["lifespan"]

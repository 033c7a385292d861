"""Who is answered, by which name, and with which headers."""

import asyncio
import socket
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.types import Receive, Scope, Send

from pages.parts.guard import HEADERS, LARGEST, METRICS, UPLOAD, Guard
from pages.parts.person import COOKIE, person_of
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


async def page(scope: Scope, receive: Receive, send: Send) -> None:
    await HTMLResponse("<p>here")(scope, receive, send)


def test_who_opens_a_page_is_somebody_from_then_on() -> None:
    told = ask(Guard(page), "/").headers["set-cookie"]
    pair, *flags = told.split("; ")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(flags)
    assert "Secure" not in flags
    assert pair != ask(Guard(page), "/").headers["set-cookie"].split("; ")[0]
    name, cookie = pair.split("=")
    assert person_of({name: cookie})
    assert "set-cookie" not in ask(Guard(page), "/", headers={"cookie": f"theme=dark; {pair}"}).headers


@pytest.mark.parametrize("cookie", ["", "short", "x" * 33, "a b" * 10 + "ab", "x" * 31 + "\u00e9"])
def test_a_malformed_cookie_is_replaced(cookie: str) -> None:
    assert "set-cookie" in ask(Guard(page), "/", headers={"cookie": f"{COOKIE}={cookie}"}).headers


def test_only_pages_make_somebody() -> None:
    assert "set-cookie" not in ask(GUARD, "/").headers
    assert "set-cookie" not in ask(Guard(page), "/", headers={"host": "evil.example"}).headers


def test_by_https_the_cookie_stays_with_https() -> None:
    assert "Secure" in ask(Guard(page), "/", headers={"x-forwarded-proto": "https"}).headers["set-cookie"].split("; ")


async def reads(scope: Scope, receive: Receive, send: Send) -> None:
    body = await Request(scope, receive).body()
    await PlainTextResponse(f"{len(body)} bytes")(scope, receive, send)


async def fails(scope: Scope, receive: Receive, send: Send) -> None:
    raise ValueError("a secret column")


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost:1", "null", "http://192.168.1.66", "http://[::1"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_other_sites_change_nothing(origin: str, method: str) -> None:
    answer = ask(GUARD, "/", method, headers={"origin": origin})
    assert (answer.status, answer.message) == (403, "This app takes nothing from other sites.")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert ask(GUARD, "/", headers={"origin": origin}).status == 200


def test_the_app_s_own_pages_do() -> None:
    assert ask(GUARD, "/", "POST", headers={"origin": "http://localhost:8501"}).status == 200
    assert ask(GUARD, "/", "POST").status == 200
    named = Guard(behind, ("play.example",))
    assert ask(named, "/", "POST", headers={"origin": "https://play.example"}).status == 200
    assert ask(named, "/", "POST", headers={"origin": "https://x.play.example"}).status == 403


def test_who_brings_too_much_is_cut_off_whatever_was_announced() -> None:
    assert ask(Guard(reads), "/", "POST", b"x" * LARGEST).text == f"{LARGEST} bytes"
    answer = ask(Guard(reads), "/", "POST", b"x" * (LARGEST + 1), headers={"content-length": "5"})
    assert (answer.status, answer.message) == (413, "A request should bring at most 1,000,000 bytes.")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert ask(Guard(reads), f"{UPLOAD}a/b", "PUT", b"x" * (LARGEST + 1)).status == 200


def test_what_fails_says_nothing_of_why_and_has_the_headers_too() -> None:
    answer = ask(Guard(fails), "/")
    assert (answer.status, answer.message) == (500, "Something went wrong here. Try again.")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_metrics_are_for_who_keeps_the_server() -> None:
    assert ask(GUARD, METRICS).status == 200
    for brought in ({"host": "192.168.1.2"}, {"x-forwarded-for": "10.0.0.1"}):
        for path in (METRICS, f"{METRICS}/"):
            assert ask(GUARD, path, headers=brought).status == 404


async def _websocket(guard: Guard, host: str, **more: str) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: dict[str, Any]) -> None:
        told.append(message)

    headers = [(name.encode(), value.encode()) for name, value in {"host": host, **more}.items()]
    await guard({"type": "websocket", "path": "/_stcore/stream", "headers": headers}, receive, send)
    return told


async def _accepts(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "websocket.accept"})


def test_a_websocket_by_a_foreign_name_is_closed_before_the_app_hears_of_it() -> None:
    guard = Guard(_accepts)
    assert asyncio.run(_websocket(guard, "evil.example")) == [{"type": "websocket.close", "code": 1008}]
    assert asyncio.run(_websocket(guard, "localhost:8501")) == [{"type": "websocket.accept"}]
    assert asyncio.run(_websocket(guard, "localhost:8501", origin="http://evil.example"))[0]["type"] == "websocket.close"
    assert asyncio.run(_websocket(guard, "localhost:8501", origin="http://localhost:8501"))[0]["type"] == "websocket.accept"


def test_start_and_stop_of_the_server_go_through() -> None:
    heard = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        heard.append(scope["type"])

    asyncio.run(Guard(app)({"type": "lifespan"}, None, None))  # type: ignore[arg-type]
    assert heard == ["lifespan"]

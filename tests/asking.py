"""Asks an ASGI app what a browser would, without a server or a socket between them."""

import asyncio
import json
import zlib
from collections.abc import Callable
from typing import Any, NamedTuple

from starlette.types import ASGIApp, Message


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    text: str

    @property
    def message(self) -> str:
        return json.loads(self.text)["message"]

    @property
    def events(self) -> list[tuple[str, Any]]:
        """(name, value) of each server-sent event; comments left out."""
        found = []
        for block in self.text.split("\n\n"):
            lines = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
            if lines:
                found.append((lines["event"], json.loads(lines["data"])))
        return found


def ask(
    app: ASGIApp,
    path: str,
    method: str = "GET",
    body: bytes = b"",
    headers: dict[str, str] | None = None,
    enough: Callable[[str], bool] = lambda text: False,
    seconds: float = 30.0,
) -> Answer:
    """What `app` answers. A stream is left once `enough(text)` holds of what has come of it, as a browser leaves."""
    return asyncio.run(asyncio.wait_for(_ask(app, path, method, body, headers or {}, enough), seconds))


async def _ask(
    app: ASGIApp, path: str, method: str, body: bytes, headers: dict[str, str], enough: Callable[[str], bool]
) -> Answer:
    asked, left = False, asyncio.Event()
    told: list[Message] = []
    text, unpacker = "", None

    async def receive() -> Message:
        nonlocal asked
        if not asked:
            asked = True
            return {"type": "http.request", "body": body, "more_body": False}
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        nonlocal text, unpacker
        told.append(message)
        if message["type"] == "http.response.start" and (b"content-encoding", b"gzip") in message["headers"]:
            unpacker = zlib.decompressobj(31)
        if message["type"] == "http.response.body":
            body = message.get("body", b"")
            text += (unpacker.decompress(body) if unpacker else body).decode()
            if enough(text):
                left.set()

    place, _, query = path.partition("?")
    given = {"host": "localhost:8501", **headers}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": place,
        "raw_path": place.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.lower().encode(), value.encode()) for name, value in given.items()],
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8501),
    }
    await app(scope, receive, send)
    begun = told[0]
    return Answer(begun["status"], {name.decode(): value.decode() for name, value in begun["headers"]}, text)

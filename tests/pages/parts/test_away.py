"""While the database does not answer: one sentence to whoever asked, on routes and pages; no word of the machines behind."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Message
from streamlit.testing.v1 import AppTest

from core.runs import engine
from core.storage import AwayError, Database
from pages.parts.away import Away

SENTENCE = "The database should answer. Found that it does not just now. Try again in a moment."
MAIN = str(Path(__file__).parents[3] / "pages" / "_main.py")


def gone() -> None:
    raise AwayError from OSError("no route to db-7.internal")


async def ask(request: Request) -> Response:
    await asyncio.to_thread(gone)
    return Response("never")


async def stream(request: Request) -> Response:
    async def events() -> AsyncIterator[str]:
        yield "first"
        gone()

    return StreamingResponse(events())


def answered(path: str) -> list[Message]:
    """What the app sends to a browser that asks."""
    app = Starlette(routes=[Route("/ask", ask), Route("/stream", stream)], middleware=[Middleware(Away)])
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": [], "asgi": {"spec_version": "2.4"}}
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return sent


def test_a_route_says_the_sentence_and_that_it_passes() -> None:
    head, body = answered("/ask")
    assert (head["status"], json.loads(body["body"])) == (503, {"message": SENTENCE})
    assert (b"retry-after", b"2") in head["headers"]


def test_a_stream_that_has_begun_ends() -> None:
    head, *parts = answered("/stream")
    assert head["status"] == 200
    assert [part["body"] for part in parts if part.get("body")] == [b"first"]


def test_a_page_says_the_sentence_with_a_way_on(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(engine().library, "find", lambda id: gone())
        app = AppTest.from_file(MAIN, default_timeout=60).run()
        assert [each.value for each in app.error] == [SENTENCE]
        assert not app.exception
    app.button[-1].click().run()
    assert not app.error


def test_a_database_that_is_gone_is_away_for_whoever_reads_or_writes(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'data' / 'mtl.db'}")
    database.close()
    shutil.rmtree(tmp_path / "data")
    for way in (database.read, database.write):
        with pytest.raises(AwayError) as found, way():
            pass
        assert str(found.value) == SENTENCE
        assert "unable to open" in str(found.value.__cause__)

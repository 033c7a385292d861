"""How the server ends: streams at once, all else in good order, and nothing is lost."""

import asyncio
import json
import signal
import time
from pathlib import Path

import psutil
import pytest
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from benchmarks.server import started
from benchmarks.visitor import Visitor
from core.settings import PREFIX
from pages.parts.ending import Ending, Streams

SCOPE = {"type": "http", "asgi": {"spec_version": "2.3"}, "method": "GET", "path": "/", "headers": []}


async def endless(scope: Scope, receive: Receive, send: Send) -> None:
    async def events():  # noqa: ANN202
        while True:
            yield "data: here\n\n"
            await asyncio.sleep(60)

    await StreamingResponse(events(), media_type="text/event-stream")(scope, receive, send)


async def slow(scope: Scope, receive: Receive, send: Send) -> None:
    await asyncio.sleep(0.2)
    await PlainTextResponse("done")(scope, receive, send)


class Browser:
    def __init__(self) -> None:
        self.told: list[Message] = []
        self.heard = asyncio.Event()

    async def receive(self) -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    async def send(self, message: Message) -> None:
        self.told.append(message)
        if message.get("body"):
            self.heard.set()


def test_a_stream_ends_in_good_order_and_other_answers_are_finished() -> None:
    async def go() -> None:
        ending, watching, waiting = Ending(), Browser(), Browser()
        stream = asyncio.create_task(Streams(endless, ending)(SCOPE, watching.receive, watching.send))
        other = asyncio.create_task(Streams(slow, ending)(SCOPE, waiting.receive, waiting.send))
        await watching.heard.wait()
        assert len(ending.streams) == 1
        ending.begin()
        await asyncio.wait_for(asyncio.gather(stream, other), 2)
        assert watching.told[-1] == {"type": "http.response.body", "body": b"", "more_body": False}
        assert waiting.told[-1]["body"] == b"done"
        assert not ending.streams

    asyncio.run(go())


def test_a_stream_that_begins_when_the_server_ends_ends_too() -> None:
    async def go() -> None:
        ending, watching = Ending(), Browser()
        ending.begin()
        await asyncio.wait_for(Streams(endless, ending)(SCOPE, watching.receive, watching.send), 2)
        assert watching.told[-1]["more_body"] is False

    asyncio.run(go())


def test_whoever_else_cancels_a_stream_is_obeyed() -> None:
    async def go() -> None:
        ending, watching = Ending(), Browser()
        stream = asyncio.create_task(Streams(endless, ending)(SCOPE, watching.receive, watching.send))
        await watching.heard.wait()
        stream.cancel()
        with pytest.raises(asyncio.CancelledError):
            await stream
        assert not ending.streams

    asyncio.run(go())


@pytest.fixture
def nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(f"{PREFIX}DATA_DIR", raising=False)


@pytest.mark.long
@pytest.mark.timeout(300)  # two starts of the server, and workers that let all else go first
def test_the_server_ends_within_ten_seconds_and_runs_go_on_after_it(tmp_path: Path, nothing_is_set: None) -> None:
    """The real server, three runs that play, and their streams open."""
    with started(folder=tmp_path / "data", log=tmp_path / "log.txt") as app:

        async def play() -> tuple[list[str], list[int], float]:
            visitors = [Visitor(app.url) for _ in range(3)]
            for visitor in visitors:
                await visitor.open()
                await visitor.command("play")
            for visitor in visitors:
                assert await visitor.until(lambda visitor=visitor: visitor.step > 5, 60)
            here, began = psutil.Process(app.pid), time.monotonic()
            here.send_signal(signal.SIGTERM)
            await asyncio.to_thread(app._processes[-1].wait, 15)
            took = time.monotonic() - began
            steps = [visitor.step for visitor in visitors]
            for visitor in visitors:
                await visitor.close()
            return [visitor.run for visitor in visitors], steps, took

        async def see(runs: list[str], steps: list[int]) -> None:
            visitors = [Visitor(app.url, f"run={run}") for run in runs]
            try:
                for visitor, step in zip(visitors, steps, strict=True):
                    await visitor.open()
                    assert await visitor.until(lambda visitor=visitor: visitor.step >= 0, 30)
                    assert visitor.frame["status"] == "playing"
                    assert visitor.step >= step
                    assert await visitor.until(lambda visitor=visitor, step=step: visitor.step > step + 3, 60)
            finally:
                for visitor in visitors:
                    await visitor.close()

        runs, steps, took = asyncio.run(play())
        assert took < 10
        said = [json.loads(line) for line in app.log.read_text().splitlines() if line.startswith("{")]
        assert "Ended" in [line["message"] for line in said if line["from"] == "app"]
        assert "Something held up the end" not in [line["message"] for line in said]
        assert not [line for line in said if line["level"] == "error"]
        app.start()
        asyncio.run(see(runs, steps))

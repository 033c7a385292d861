"""How the server ends: open streams first, so that nothing holds up the writing of runs, and within `LAST` seconds in any case.

The web server waits for its open answers before it lets the app end, however long that takes. So when the signal comes the
streams are ended here; browsers ask again, and find whoever comes next. Knows nothing of what the streams tell.
"""

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOG = logging.getLogger(__name__)
SOON, LAST = 6.0, 9.0
"""Seconds after the signal: what still holds on is left alone and all is written; the process ends whatever happens."""
SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Ending:
    """Knows whether the server is ending, and which streams are open."""

    def __init__(self) -> None:
        self.begun = False
        self.streams: set[asyncio.Task[Any]] = set()

    @contextmanager
    def heard(self, write: Callable[[], None]) -> Iterator[None]:
        """Listens for the signals beside the web server. write: keeps all that must not be lost; may be called twice."""
        before = {}
        if threading.current_thread() is threading.main_thread():
            loop = asyncio.get_running_loop()
            for number in SIGNALS:
                before[number] = signal.getsignal(number)
                signal.signal(number, self._hear(before[number], loop, write))
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def begin(self) -> None:
        """Ends all streams."""
        self.begun = True
        for stream in tuple(self.streams):
            stream.cancel()

    def _hear(self, before: Any, loop: asyncio.AbstractEventLoop, write: Callable[[], None]) -> Callable[[int, Any], None]:
        def handler(number: int, frame: Any) -> None:
            if not self.begun:
                loop.call_soon_threadsafe(self.begin)
                threading.Thread(target=_see_to_it, args=(write,), name="ending", daemon=True).start()
            if callable(before):
                before(number, frame)

        return handler


class Streams:
    """ASGI middleware: notes the streams of server-sent events, and ends them in good order when the server ends."""

    def __init__(self, app: ASGIApp, ending: Ending) -> None:
        self.app, self.ending = app, ending

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        task = asyncio.current_task()
        assert task is not None

        async def send_noting(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_stream(message):
                self.ending.streams.add(task)
                if self.ending.begun:
                    task.cancel()
            await send(message)

        try:
            await self.app(scope, receive, send_noting)
        except asyncio.CancelledError:
            if not (self.ending.begun and task in self.ending.streams):
                raise
            task.uncancel()
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self.ending.streams.discard(task)


def _is_stream(answer: Message) -> bool:
    return any(name.lower() == b"content-type" and value.startswith(b"text/event-stream") for name, value in answer["headers"])


def _see_to_it(write: Callable[[], None]) -> None:
    """Something may hold on to the server: a thread that waits, a disk that does not answer."""
    hard = threading.Timer(LAST, os._exit, (1,))
    hard.daemon = True
    hard.start()
    threading.Event().wait(SOON)
    LOG.warning("Something held up the end")
    write()
    os._exit(0)

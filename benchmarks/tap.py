"""Counts what a server sends, on the wire: a browser goes through here instead. Knows nothing of what is sent."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

CHUNK = 65_536


class Tap:
    """`sent`: bytes that have come from the server so far; `url`: its address by way of here, once it is `ready`."""

    def __init__(self, url: str) -> None:
        self.sent, self.url, self.ready = 0, "", threading.Event()
        self._to = urlsplit(url)
        self._loop = asyncio.new_event_loop()
        self._over = asyncio.Event()
        self._open: set[asyncio.StreamWriter] = set()

    def run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._over.set)

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._join, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self.ready.set()
        async with server:
            await self._over.wait()
            for writer in self._open:
                writer.transport.abort()
            while self._open:  # until their tasks have seen it
                await asyncio.sleep(0.005)

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(self._to.hostname, self._to.port)
        self._open |= {writer, back}
        await asyncio.gather(self._pass(reader, back, counted=False), self._pass(there, writer, counted=True))
        self._open -= {writer, back}

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, counted: bool) -> None:
        with suppress(ConnectionError, asyncio.CancelledError):
            while some := await reader.read(CHUNK):
                self.sent += len(some) if counted else 0
                writer.write(some)
                await writer.drain()
        writer.close()
        with suppress(ConnectionError, asyncio.CancelledError):
            await writer.wait_closed()


@contextmanager
def tapped(url: str) -> Iterator[Tap]:
    """A tap before the server at `url`, for as long as the context lasts."""
    tap = Tap(url)
    thread = threading.Thread(target=tap.run, daemon=True)
    thread.start()
    tap.ready.wait(10)
    try:
        yield tap
    finally:
        tap.stop()
        thread.join(5)

"""One visitor without a browser: speaks Streamlit's websocket protocol and reads the run's event stream, as a browser does.

Messages are `BackMsg` out and `ForwardMsg` in, both protobuf. Pictures come packed; a stream that ends or breaks is asked for
again. Knows nothing of what is measured with it.
"""

import asyncio
import json
import re
import time
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

FINISHED = ForwardMsg.FINISHED_SUCCESSFULLY
PROTOCOLS = [Subprotocol("streamlit"), Subprotocol("PLACEHOLDER_AUTH_TOKEN")]
PATIENCE = 5.0
"""Seconds after which a click counts as lost."""
AGAIN = 0.5
"""Seconds before a stream that could not be had is asked for again."""
PARTS = "network"
"""What the Playground asks for beside outputs and curves."""
STEP, STATUS = re.compile(rb'"step":(\d+)'), re.compile(rb'"status":"(\w+)"')
TRANSPORT = "mtl_transport"


def rerun(query: str, page: str, states: dict[str, WidgetState], name: str = "") -> bytes:
    """What a browser sends when the page is opened and whenever a widget changes: the state of all it knows.

    page: its hash; name: what the address calls it, for who does not know the hash yet.
    """
    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.page_script_hash, message.rerun_script.page_name = page, name
    message.rerun_script.widget_states.widgets.extend(states.values())
    return message.SerializeToString()


def moved(slider: Any, value: float | str) -> WidgetState:
    """The state of a slider at another value: a number, or one of the texts of a slider over options."""
    state = WidgetState(id=slider.id)
    if isinstance(value, str):
        state.string_array_value.data.append(value)
    else:
        state.double_array_value.data.append(value)
    return state


def standing(slider: Any) -> float | str:
    """Where a slider stands, as the server last drew it."""
    return str(slider.raw_value[0]) if slider.raw_value else float(slider.value[0])


class Visitor:
    """`sliders`, `texts` and `buttons` are those on the page, by label; `parts` its components, by name.

    `frames` counts pictures, of which `frame` is the last. on_frame: called at each.
    """

    def __init__(self, url: str, query: str = "", on_frame: Callable[[], None] | None = None) -> None:
        self.host, self.port = urlsplit(url).hostname, urlsplit(url).port
        self.query, self.page = query, ""
        self.sliders: dict[str, Any] = {}
        self.texts: dict[str, Any] = {}
        self.buttons: dict[str, Any] = {}
        self.parts: dict[str, Any] = {}
        self.states: dict[str, WidgetState] = {}
        self.cookies: dict[str, str] = {}
        self.frames, self.refused = 0, 0
        self.faults: list[str] = []
        """What the pages have shown as an exception."""
        self.watching: asyncio.Task | None = None
        self.socket: ClientConnection | None = None
        self._frame = b"{}"
        self._heard = asyncio.Event()
        self._on_frame = on_frame

    @property
    def frame(self) -> dict[str, Any]:
        return json.loads(self._frame)

    async def open(self) -> None:
        """Opens the page, and the stream beside it, as the page's component does."""
        await self.meet()
        await self.draw()
        self.watching = asyncio.create_task(self.watch())

    async def meet(self) -> None:
        """Loads the page itself, which makes the visitor somebody."""
        reader, writer = await self._ask("GET", "/")
        async for line in reader:
            name, _, value = line.decode("latin-1").partition(": ")
            if name.lower() == "set-cookie":
                name, _, value = value.partition(";")[0].strip().partition("=")
                self.cookies[name] = value
        writer.close()

    async def draw(self, page: str = "") -> None:
        """Connects, and has the page drawn that the address leads to. page: its name there, "" of the first."""
        address = f"ws://{self.host}:{self.port}/_stcore/stream"
        headers = {"Cookie": self._cookie} if self.cookies else {}
        self.socket = await connect(
            address, subprotocols=PROTOCOLS, max_size=None, open_timeout=60, additional_headers=headers, proxy=None
        )
        await self.socket.send(rerun(self.query, "", {}, page))
        async with asyncio.timeout(60):
            await self._drawn()

    def cut(self) -> None:
        """The connection is gone, as when the wi-fi drops: nobody says goodbye."""
        if self.watching is not None:
            self.watching.cancel()
        if self.socket is not None:
            self.socket.transport.abort()

    async def again(self) -> None:
        """Comes back to the same address, as after a refresh: all that the page knew is forgotten."""
        await self.close()
        self.sliders, self.states, self._frame = {}, {}, b"{}"
        await self.draw()
        self.watching = asyncio.create_task(self.watch())

    async def close(self) -> None:
        if self.watching is not None:
            self.watching.cancel()
            await asyncio.gather(self.watching, return_exceptions=True)
        if self.socket is not None:
            with suppress(OSError, WebSocketException):
                await self.socket.close()

    @property
    def run(self) -> str:
        return parse_qs(self.query)["run"][0]

    @property
    def step(self) -> int:
        """Of the last picture; -1 before the first."""
        found = STEP.search(self._frame)
        return int(found[1]) if found else -1

    @property
    def status(self) -> str:
        """Of the last picture; "" before the first."""
        found = STATUS.search(self._frame)
        return found[1].decode() if found else ""

    @property
    def shown(self) -> str:
        """The id of the run that the page shows: one's own, or one that may only be looked at."""
        bar = self.parts.get(TRANSPORT)
        return self.run if bar is None else json.loads(bar.json)["run"]

    async def until(self, holds: Callable[[], bool], seconds: float) -> bool:
        """Whether it holds after some picture within so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                while not holds():
                    self._heard.clear()
                    await self._heard.wait()
        except TimeoutError:
            return False
        return True

    async def move(self, label: str, value: float | str, patience: float = PATIENCE) -> float | None:
        """Seconds from moving a slider to the end of the script that draws it there; None when it never is."""
        assert self.socket is not None
        slider = self.sliders[label]
        self.states[slider.id] = moved(slider, value)
        began = time.perf_counter()
        await self.socket.send(rerun(self.query, self.page, self.states))
        try:
            async with asyncio.timeout(patience):
                while True:
                    await self._drawn()
                    if standing(self.sliders[label]) == value:
                        return time.perf_counter() - began
        except TimeoutError:
            return None

    async def press(self, label: str, **texts: str) -> None:
        """Writes into text fields, by label with _ for a space, and presses a button; until the page is drawn after it."""
        for name, text in texts.items():
            field = self.texts[name.replace("_", " ")]
            self.states[field.id] = WidgetState(id=field.id, string_value=text)
        button = self.buttons[label]
        await self.ask(WidgetState(id=button.id, trigger_value=True))

    async def tell(self, part: str, **values: Any) -> None:
        """What a component of the page tells the server; until the page is drawn after it."""
        found = next(each for name, each in self.parts.items() if name.endswith(part))
        state = WidgetState(id=found.id, json_value=json.dumps(values))
        self.states[found.id] = state
        await self.ask(state)

    async def ask(self, once: WidgetState | None = None, patience: float = 60.0) -> None:
        """Has the page drawn again. once: the state of what was pressed, which is forgotten at once."""
        assert self.socket is not None
        states = self.states | ({once.id: once} if once is not None else {})
        await self.socket.send(rerun(self.query, self.page, states))
        async with asyncio.timeout(patience):
            await self._drawn()

    async def command(self, name: str, value: Any = None) -> float:
        """A button of the transport bar: seconds until the server has taken it."""
        body, began = json.dumps({"command": name, "value": value}), time.perf_counter()
        headers = "X-Requested-With: mtl\r\nContent-Type: application/json\r\n"
        reader, writer = await self._ask("POST", f"/live/{self.run}", headers, body)
        status = await reader.readline()
        writer.close()
        if b" 204 " not in status:
            raise RuntimeError(f"The server should take “{name}”. Found {status!r}.")
        return time.perf_counter() - began

    async def _drawn(self) -> None:
        """Takes messages until the script has ended by itself; one that a later click cut off does not count."""
        assert self.socket is not None
        while True:
            message = ForwardMsg.FromString(await self.socket.recv(decode=False))
            self.take(message)
            if message.WhichOneof("type") == "script_finished" and message.script_finished == FINISHED:
                return

    def take(self, message: ForwardMsg) -> None:
        """Notes what a browser would: its page, its address, what is on the page."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.page = message.new_session.page_script_hash
        elif kind == "navigation":
            self.page = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta":
            element = message.delta.new_element
            kind = element.WhichOneof("type")
            if kind == "exception":
                self.faults.append(element.exception.message)
            elif kind == "bidi_component":
                self.parts[element.bidi_component.component_name] = element.bidi_component
            elif kind in ("slider", "text_input", "button"):
                found = getattr(element, kind)
                {"slider": self.sliders, "text_input": self.texts, "button": self.buttons}[kind][found.label] = found

    async def watch(self, id: str = "") -> None:
        """Reads a run's stream for ever, and asks for the next when the server ends one. id: if not the one that is shown."""
        while True:
            try:
                async with asyncio.timeout(60):  # a stream says something every few seconds, and ends after 25
                    await self._read(id or self.shown)
            except (OSError, asyncio.IncompleteReadError, TimeoutError, zlib.error):
                await asyncio.sleep(AGAIN)

    async def _read(self, id: str) -> None:
        frame = self.frame
        since = frame.get("from", 0) + len(frame.get("records", ()))
        async for raw in self.events(f"/live/{id}?start={frame.get('start', '')}&from={since}&parts={PARTS}", b"frame"):
            self._take_frame(raw)

    async def events(self, path: str, name: bytes) -> AsyncIterator[bytes]:
        """What a stream says in events of one name, until it ends."""
        reader, writer = await self._ask("GET", path, "Accept-Encoding: gzip\r\n")
        before = b"event: " + name + b"\ndata: "
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            if b" 200 " not in head.split(b"\r\n", 1)[0]:
                self.refused += 1
                await asyncio.sleep(AGAIN)
                return
            unpacker, text = zlib.decompressobj(31) if b"gzip" in head else None, b""
            while raw := await reader.read(2**16):
                *events, text = (text + (unpacker.decompress(raw) if unpacker else raw)).split(b"\n\n")
                for event in events:
                    if event.startswith(before):
                        yield event.removeprefix(before)
        finally:
            writer.close()

    def _take_frame(self, raw: bytes) -> None:
        self._frame, self.frames = raw, self.frames + 1
        self._heard.set()
        if self._on_frame is not None:
            self._on_frame()

    @property
    def _cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    async def _ask(self, method: str, path: str, headers: str = "", body: str = "") -> tuple[Any, Any]:
        reader, writer = await asyncio.open_connection(self.host, self.port, limit=2**24)
        first = f"{method} {path} HTTP/1.0\r\nHost: {self.host}:{self.port}\r\n"
        cookie = f"Cookie: {self._cookie}\r\n" if self.cookies else ""
        writer.write(f"{first}{cookie}{headers}Content-Length: {len(body)}\r\n\r\n{body}".encode())
        await writer.drain()
        return reader, writer

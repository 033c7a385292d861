"""One visitor without a browser: speaks Streamlit's websocket protocol and reads the run's event stream.

Messages are `BackMsg` out and `ForwardMsg` in, both protobuf. Knows nothing of what is measured with it.
"""

import asyncio
import json
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

FINISHED = ForwardMsg.FINISHED_SUCCESSFULLY
PROTOCOLS = [Subprotocol("streamlit"), Subprotocol("PLACEHOLDER_AUTH_TOKEN")]
PATIENCE = 5.0
"""Seconds after which a click counts as lost."""


def rerun(query: str, page: str, states: dict[str, WidgetState]) -> bytes:
    """What a browser sends when the page is opened and whenever a widget changes: the state of all it knows."""
    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.page_script_hash = page
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
    """`sliders` are those on the page, by label; `frame` is the last that came, `frames` counts them."""

    def __init__(self, url: str) -> None:
        self.host, self.port = urlsplit(url).hostname, urlsplit(url).port
        self.query, self.page = "", ""
        self.sliders: dict[str, Any] = {}
        self.states: dict[str, WidgetState] = {}
        self.frame: dict[str, Any] = {}
        self.frames = 0

    async def open(self) -> None:
        """Opens the page, and the stream beside it, as the page's component does."""
        address = f"ws://{self.host}:{self.port}/_stcore/stream"
        self.socket: ClientConnection = await connect(address, subprotocols=PROTOCOLS, max_size=None, open_timeout=60)
        await self.socket.send(rerun("", "", {}))
        async with asyncio.timeout(60):
            await self._drawn()
        self.watching = asyncio.create_task(self._watch())

    async def close(self) -> None:
        self.watching.cancel()
        await asyncio.gather(self.watching, return_exceptions=True)
        await self.socket.close()

    @property
    def run(self) -> str:
        return parse_qs(self.query)["run"][0]

    async def move(self, label: str, value: float | str) -> float | None:
        """Seconds from moving a slider to the end of the script that draws it there; None when it never is."""
        slider = self.sliders[label]
        self.states[slider.id] = moved(slider, value)
        began = time.perf_counter()
        await self.socket.send(rerun(self.query, self.page, self.states))
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    await self._drawn()
                    if standing(self.sliders[label]) == value:
                        return time.perf_counter() - began
        except TimeoutError:
            return None

    async def command(self, name: str, value: Any = None) -> None:
        """A button of the transport bar."""
        body = json.dumps({"command": name, "value": value})
        reader, writer = await self._ask("POST", "X-Requested-With: mtl\r\nContent-Type: application/json\r\n", body)
        status = await reader.readline()
        writer.close()
        if b" 204 " not in status:
            raise RuntimeError(f"The server should take “{name}”. Found {status!r}.")

    async def _drawn(self) -> None:
        """Takes messages until the script has ended by itself; one that a later click cut off does not count."""
        while True:
            message = ForwardMsg.FromString(await self.socket.recv(decode=False))
            self.take(message)
            if message.WhichOneof("type") == "script_finished" and message.script_finished == FINISHED:
                return

    def take(self, message: ForwardMsg) -> None:
        """Notes what a browser would: its page, its address, the sliders on the page."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.page = message.new_session.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.new_element.WhichOneof("type") == "slider":
            slider = message.delta.new_element.slider
            self.sliders[slider.label] = slider

    async def _watch(self) -> None:
        """Reads the run's stream, and asks for the next when the server ends one, as a browser does."""
        while True:
            start, since = self.frame.get("start", ""), self.frame.get("from", 0) + len(self.frame.get("records", ()))
            reader, writer = await self._ask("GET", query=f"?start={start}&from={since}")
            kind = b""
            try:
                async for line in reader:
                    name, _, value = line.rstrip().partition(b": ")
                    if name == b"event":
                        kind = value
                    elif name == b"data" and kind == b"frame":
                        self.frame, self.frames = json.loads(value), self.frames + 1
            finally:
                writer.close()

    async def _ask(self, method: str, headers: str = "", body: str = "", query: str = "") -> tuple[Any, Any]:
        reader, writer = await asyncio.open_connection(self.host, self.port, limit=2**24)
        first = f"{method} /live/{self.run}{query} HTTP/1.0\r\nHost: {self.host}:{self.port}\r\n"
        writer.write(f"{first}{headers}Content-Length: {len(body)}\r\n\r\n{body}".encode())
        await writer.drain()
        return reader, writer

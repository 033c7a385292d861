"""How often one may ask: joining, uploading, commanding and coming in, for each person and for each address.

A classroom comes from one address, so an address may far more than a person. Whoever asks too often is told how long to wait.
Memory is bounded: only the latest askers are remembered. Knows nothing of what is asked.
"""

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from core.errors import UserError
from pages.parts.person import person_of

MOST = 20_000
"""Names that a rate remembers."""


class Rate:
    """Each name may ask `burst` times at once, and `each_second` times a second from then on. From any thread."""

    def __init__(self, burst: float, each_second: float, most: int = MOST, clock: Callable[[], float] = time.monotonic) -> None:
        self.burst, self.each_second = burst, each_second
        self._most, self._clock = most, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._left)

    def wait(self, name: str) -> float:
        """Seconds until `name` may ask again; 0: it may now, which is noted."""
        with self._lock:
            now = self._clock()
            left, since = self._left.pop(name, (self.burst, now))
            left = min(self.burst, left + (now - since) * self.each_second)
            allowed = left >= 1
            self._left[name] = (left - 1 if allowed else left, now)
            while len(self._left) > self._most:
                self._left.popitem(last=False)
            return 0.0 if allowed else (1 - left) / self.each_second


class Pace(NamedTuple):
    """title: as a sentence has it."""

    title: str
    person: Rate
    address: Rate


PACES = {
    "joining": Pace("Joining a room", Rate(10, 0.2), Rate(600, 5)),
    "uploading": Pace("Uploading", Rate(20, 0.5), Rate(300, 10)),
    "commands": Pace("Pressing buttons", Rate(200, 40), Rate(6000, 2000)),
    "coming": Pace("Opening pages", Rate(60, 2), Rate(900, 40)),
}


def check_pace(kind: str, person: str | None, address: str | None) -> None:
    """Raises `UserError` when a person, or all from an address, ask too often. kind: one of `PACES`."""
    pace = PACES[kind]
    wait = max(
        pace.person.wait(person) if person else 0.0,
        pace.address.wait(net(address)) if address else 0.0,
    )
    if wait > 0:
        raise UserError(f"{pace.title} should be slower.", "too many at once", f"Try again in {max(1, round(wait))} s.")


def net(address: str) -> str:
    """Whoever has one address of the sixth version has a whole net of them."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if found.version == 6 and found.ipv4_mapped is None:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def kind_of(scope: Scope) -> str | None:
    """Which pace a request has; None: any."""
    if scope["type"] == "websocket":
        return "coming"
    if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
        return None
    return "uploading" if scope["path"].startswith("/_stcore/upload_file") else "commands"


async def turn_away(error: UserError, scope: Scope, receive: Receive, send: Send) -> None:
    """Answers what is too much with 429 and the sentence; a websocket is closed before it opens."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1013})
    else:
        await JSONResponse({"message": str(error)}, 429)(scope, receive, send)


class Paced:
    """ASGI middleware: what comes too often is answered with 429, and goes no further."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = kind_of(scope)
        if kind is not None:
            asked = HTTPConnection(scope)
            try:
                check_pace(kind, person_of(asked.cookies), asked.client.host if asked.client else None)
            except UserError as error:
                await turn_away(error, scope, receive, send)
                return
        await self.app(scope, receive, send)

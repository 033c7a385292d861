"""How much may be open at a time: pages and streams, for each person and for each address.

A classroom comes from one address, so an address may far more than a person. Knows nothing of what a stream tells.
"""

from collections import Counter

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from core.errors import UserError
from pages.parts.person import person_of
from pages.parts.rates import net, turn_away

PERSON, ADDRESS = 60, 4000
"""A tab has a page and a stream; in a room, another stream."""
FIX = "Close tabs of this app that you do not need."


class Open:
    """What is open by name. Used from the server's loop alone."""

    def __init__(self) -> None:
        self._count: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._count)

    def take(self, limits: dict[str, int]) -> None:
        """One more for each of these names, until it is given back. Raises `UserError` where one has as many as it may."""
        for name, most in limits.items():
            if self._count[name] >= most:
                raise UserError(f"At most {most:,} pages and streams should be open at once.", "as many already", FIX)
        self._count.update(limits.keys())

    def give(self, limits: dict[str, int]) -> None:
        self._count.subtract(limits.keys())
        self._count = +self._count  # names with nothing open are forgotten


class AtOnce:
    """ASGI middleware: what would be too much is answered with 429, and goes no further."""

    def __init__(self, app: ASGIApp, person: int = PERSON, address: int = ADDRESS) -> None:
        self.app, self.person, self.address = app, person, address
        self.open = Open()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not lasts(scope):
            await self.app(scope, receive, send)
            return
        asked = HTTPConnection(scope)
        person, host = person_of(asked.cookies), asked.client.host if asked.client else None
        limits = ({f"person {person}": self.person} if person else {}) | ({net(host): self.address} if host else {})
        try:
            self.open.take(limits)
        except UserError as error:
            await turn_away(error, scope, receive, send)
            return
        try:
            await self.app(scope, receive, send)
        finally:
            self.open.give(limits)


def lasts(scope: Scope) -> bool:
    """Whether what is asked for may stay open."""
    if scope["type"] == "websocket":
        return True
    return scope["type"] == "http" and scope["method"] == "GET" and scope["path"].startswith(("/live/", "/room/"))

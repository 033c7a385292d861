"""What stands between the network and everything the app serves: foreign names, sites and flood out, security headers on.

Whoever opens a page for the first time also gets the cookie that says who they are (`pages.parts.person`).
Knows nothing of pages. Streamlit sets no headers, takes any Host, and tells its metrics to everybody.
"""

import base64
import hashlib
import ipaddress
import logging
import math
import re
import socket
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.parts.keeper import is_keeper
from pages.parts.person import new_cookie, person_of

LOG = logging.getLogger(__name__)

# Streamlit's own page has one line of script in it, which is let through by its hash.
_PAGE = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
_HASHES = [
    f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
    for code in re.findall(r"<script>(.*?)</script>", _PAGE, re.DOTALL)
]
_POLICY = {
    "default-src": ["'self'"],
    "script-src": ["'self'", "blob:", *_HASHES],  # blob: is how Streamlit loads a component's JavaScript
    "style-src": ["'self'", "'unsafe-inline'"],  # its widgets and plotly write style elements
    "img-src": ["'self'", "data:", "blob:"],  # an emoji as page icon; plotly's "save as picture"
    "font-src": ["'self'", "data:"],
    "object-src": ["'none'"],
    "base-uri": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'self'"],
}
HEADERS = [
    (b"content-security-policy", "; ".join(f"{name} {' '.join(values)}" for name, values in _POLICY.items()).encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),  # a share link must not travel to other sites
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
]

LOOKS = ("GET", "HEAD", "OPTIONS")
"""Methods that change nothing."""
LARGEST = 1_000_000
"""Bytes that a request may bring, but for an upload, which Streamlit measures itself."""
UPLOAD, METRICS = "/_stcore/upload_file/", "/_stcore/metrics"


class Guard:
    """ASGI middleware. `hosts` are names that this app is reached by, beside this machine's own and plain addresses."""

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...] = ()) -> None:
        self.app = app
        self.named = frozenset(hosts)
        self.hosts = {"localhost", socket.gethostname().lower(), *hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        refused = self.refused(HTTPConnection(scope))
        if refused is not None:
            await _refuse(scope, receive, send, *refused)
            return

        if scope["type"] == "websocket":
            await self.app(scope, receive, send)
        else:
            await _answer(self.app, scope, receive, send)

    def refused(self, asked: HTTPConnection) -> tuple[int, str] | None:
        """Status and sentence for a request that goes no further; None: it may."""
        host, origin = asked.headers.get("host", ""), asked.headers.get("origin")
        if not self.knows(host):
            return 421, "This app does not answer to that name."
        method = asked.scope.get("method", "")
        if method not in LOOKS and origin is not None and not self._same(origin, host):
            return 403, "This app takes nothing from other sites."
        keeps = is_keeper(asked.headers, asked.client.host if asked.client else None)
        if asked.scope["path"].rstrip("/") == METRICS and not keeps:
            return 404, "There is nothing here."
        return None

    def _same(self, origin: str, host: str) -> bool:
        """Whether a request was made by a page of this app."""
        try:
            from_there = urlsplit(origin)
            return from_there.netloc.lower() == host.lower() or (from_there.hostname or "") in self.named
        except ValueError:
            return False

    def knows(self, host: str) -> bool:
        """A site that points its own name at this machine (DNS rebinding) comes by name, never by address."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:  # "[::1" and the like
            return False
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return name in self.hosts or name.endswith((".local", ".localhost"))
        return True


def _cookie(scope: Scope, answer: Message) -> list[tuple[bytes, bytes]]:
    """Makes who opens a page somebody, unless they are already."""
    is_page = any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in answer["headers"])
    asked = HTTPConnection(scope)
    if not is_page or person_of(asked.cookies) is not None:
        return []
    # A proxy says how the browser came; whoever lies about it spoils a cookie of their own.
    secure = "https" in (scope.get("scheme"), asked.headers.get("x-forwarded-proto"))
    return [(b"set-cookie", new_cookie(secure).encode())]


async def _answer(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Has the app answer a request, with all headers, also where the app fails.

    It may bring `LARGEST` bytes: whoever sends more is cut off and told so, whatever length was announced.
    """
    brought, begun = 0, False
    most = math.inf if scope["path"].startswith(UPLOAD) else LARGEST

    async def receive_some() -> Message:
        nonlocal brought
        message = await receive()
        brought += len(message.get("body", b""))
        return {"type": "http.disconnect"} if brought > most else message

    async def send_with_headers(message: Message) -> None:
        nonlocal begun
        if message["type"] == "http.response.start":
            if brought > most:
                raise ClientDisconnect
            begun = True
            message["headers"] = [*message["headers"], *HEADERS, *_cookie(scope, message)]
        await send(message)

    try:
        await app(scope, receive_some, send_with_headers)
    except ClientDisconnect:  # it has gone, or is sent away
        pass
    except Exception:
        LOG.exception("A request failed")
        if begun:
            raise
        await _refuse(scope, receive, send, 500, "Something went wrong here. Try again.")
        return
    if brought > most and not begun:
        await _refuse(scope, receive, send, 413, f"A request should bring at most {LARGEST:,} bytes.")


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, said: str) -> None:
    """Says why, with all headers, and nothing of the app."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    headers = {name.decode(): value.decode() for name, value in HEADERS}
    await JSONResponse({"message": said}, status, headers)(scope, receive, send)

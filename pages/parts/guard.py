"""What stands between the network and everything the app serves: foreign host names out, security headers on.

Knows nothing of pages. Streamlit sets no headers, and takes any Host.
"""

import base64
import hashlib
import ipaddress
import re
import socket
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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


class Guard:
    """ASGI middleware. `hosts` are names that this app is reached by, beside this machine's own and plain addresses."""

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...] = ()) -> None:
        self.app = app
        self.hosts = {"localhost", socket.gethostname().lower(), *hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        if not self.knows(dict(scope["headers"]).get(b"host", b"").decode("latin-1")):
            await _refuse(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *HEADERS]
            await send(message)

        await self.app(scope, receive, send_with_headers)

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


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    await send({"type": "http.response.start", "status": 421, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"This app does not answer to that name."})

"""Who keeps the server: somebody at this machine itself, or who has the status key. Knows nothing of what they may see.

A proxy on this machine brings everybody's requests from here. So whoever comes by way of one, or by a name that is not this
machine's own, is not from here.
"""

import hmac
import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

from core.settings import settings

BROUGHT = ("x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "forwarded", "via")
"""Headers that proxies add."""


def is_keeper(headers: Mapping[str, str], client: str | None) -> bool:
    """headers: of a request, by names in small letters. client: the address that it came from."""
    return is_here(headers, client) or knows_key(headers.get("authorization", "").removeprefix("Bearer "))


def is_here(headers: Mapping[str, str], client: str | None) -> bool:
    """Whether a request was made at this machine."""
    try:
        name = urlsplit(f"//{headers.get('host', '')}").hostname or ""
    except ValueError:
        return False
    brought = any(header in headers for header in BROUGHT)
    return not brought and _is_loopback(client or "") and (name == "localhost" or _is_loopback(name))


def knows_key(key: str) -> bool:
    """Whether it is the status key; nobody knows one where none is set."""
    right = settings().status_key
    return bool(right) and hmac.compare_digest(key.encode(), right.encode())


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False

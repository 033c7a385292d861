"""Who a visitor is, without an account: a cookie that only the visitor's browser has, and what it hashes to.

The cookie itself is a key and is never kept or shown; its hash is who someone is in runs and rooms. Knows nothing of pages.
"""

import hashlib
from collections.abc import Mapping

from core.runs.run import new_id, plausible

COOKIE = "mtl_person"
YEAR = 365 * 24 * 3600


def person_of(cookies: Mapping[str, object]) -> str | None:
    """The person of a browser's cookies, 40 hexadecimal digits; None where it has no cookie of ours, or a malformed one."""
    cookie = cookies.get(COOKIE)
    return named(cookie) if isinstance(cookie, str) and plausible(cookie) else None


def named(secret: str) -> str:
    """The person of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()[:40]


def new_cookie(secure: bool) -> str:
    """A Set-Cookie header's value that makes a browser somebody. secure: it came by https, and shall only do so."""
    return f"{COOKIE}={new_id()}; Max-Age={YEAR}; Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")

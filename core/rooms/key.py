"""A presenter's key: what leads to it, and the hash that is kept of it. Knows nothing of rooms.

Without a password it is random. With one it is derived from it (scrypt, with a salt of the room's own), so that whoever knows
the password finds the same key again, and neither is kept: of both there is a salt and the SHA-256 of the key alone.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass

from core.errors import UserError

SIZE = 24
"""Bytes of a key: 32 characters."""
COST = {"n": 2**14, "r": 8, "p": 1}
"""Some 50 ms and 16 MB for each try."""
SHORTEST, LONGEST = 6, 200


@dataclass(frozen=True)
class Key:
    """The key itself, which is told and forgotten; salt and hash (hex), which are kept. salt "": there is no password."""

    text: str
    salt: str
    hash: str


def new_key(password: str) -> Key:
    """A new key; password "": a random one. Raises `UserError` for a password that is too short, or very long."""
    if not password:
        text, salt = secrets.token_urlsafe(SIZE), ""
    else:
        if not SHORTEST <= len(password) <= LONGEST:
            raise UserError(
                f"The presenter's password should have {SHORTEST} to {LONGEST} characters.",
                f"{len(password):,}",
                "Choose another one, or none.",
            )
        salt = secrets.token_hex(16)
        text = derived(password, salt)
    return Key(text, salt, hash_of(text))


def derived(password: str, salt: str) -> str:
    """The key that a password leads to."""
    raw = hashlib.scrypt(password[:LONGEST].encode(errors="replace"), salt=bytes.fromhex(salt), dklen=SIZE, **COST)
    return base64.urlsafe_b64encode(raw).decode()


def hash_of(key: str) -> str:
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()


def fits(key: str, hash: str) -> bool:
    """Whether a key is the one of this hash; takes the same time whether it is or not."""
    return hmac.compare_digest(hash_of(key), hash)

"""Nicknames: what people in a room call themselves. HTML in them is just text, and shown as such.

Knows nothing of who has which.
"""

import unicodedata
from collections.abc import Collection

from core.errors import UserError

MOST = 24
JOINER = "\u200d"
"""Holds emoji together that are made of several; alone it is nothing."""


def read(text: str) -> str:
    """The nickname that someone has typed, with single spaces. Raises `UserError` where it cannot be seen, or is too long."""
    if len(text) > 20 * MOST:
        raise _wrong(f"{len(text):,} characters")
    name = unicodedata.normalize("NFC", " ".join(text.split()))
    if hidden(name):
        raise _wrong("characters that cannot be seen")
    if not any(unicodedata.category(letter)[0] in "LNPS" for letter in name):
        raise _wrong("none")
    if len(name) > MOST:
        raise _wrong(f"{len(name)} characters")
    return name


def hidden(text: str) -> bool:
    """Whether a text has control characters, or others that nobody sees."""
    return any(unicodedata.category(letter)[0] == "C" and letter != JOINER for letter in text)


def apart(name: str, taken: Collection[str]) -> str:
    """The nickname, with a number where others have it: whoever reads it knows who is meant."""
    others = {other.casefold() for other in taken}
    made, number = name, 1
    while made.casefold() in others:
        number += 1
        made = f"{name} ({number})"
    return made


def _wrong(found: str) -> UserError:
    return UserError(f"A nickname should have 1 to {MOST} characters that can be seen.", found, "Choose another one.")

"""Room codes: six letters, to be read aloud and typed. Knows nothing of which rooms there are.

Without letters that look alike in some type (I, L, O, U, V), and without vowels, so that no code is a word.
"""

import re
import secrets

LETTERS = "BCDFGHJKMNPQRSTWXZ"
LENGTH = 6
BETWEEN = re.compile(r"[\s\-‐‑‒–—_.]+")


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def read(text: str) -> str | None:
    """The code that someone has typed, in any case, with dashes or spaces or without; None where it is none."""
    if len(text) > 100:
        return None
    typed = BETWEEN.sub("", text).upper()
    return typed if len(typed) == LENGTH and set(typed) <= set(LETTERS) else None


def shown(code: str) -> str:
    """As it stands on the wall: `BCD-FGH`."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"

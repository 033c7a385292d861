"""Numbers as people write them: 1.234,56 and 1,234.56, 45 %, € 12, (3). Knows nothing of columns' names or files.

Works on the different texts of a column with Arrow's regular expressions, a million in a second.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Decimal = Literal[".", ","]

SPACES = " \u00a0\u2009\u202f"
CURRENCY = (
    r"(?:US\$|[$€£¥₹₽₩₪₺฿]|EUR|USD|GBP|CHF|JPY|CNY|SEK|NOK|DKK|PLN|CZK|HUF|INR|AUD|CAD|NZD|BRL|MXN|ZAR|TRY|kr\.?|zł|Kč|Fr\.)"
)
BEFORE = rf"^(?P<kept>[(+-]*)(?P<of>{CURRENCY})[{SPACES}]*"
BEHIND = rf"[{SPACES}]*(?P<of>{CURRENCY})(?P<kept>\)?)$"
KEPT = {BEFORE: r"\1", BEHIND: r"\2"}


def _body(decimal: str, group: str) -> str:
    grouped = "|".join(f"[1-9][0-9]{{0,2}}(?:{mark}[0-9]{{3}})+" for mark in (group, "['’]", *(f"[{s}]" for s in SPACES)))
    whole = rf"(?:[0-9]+|{grouped})"
    return rf"^[+-]?(?:{whole}(?:{decimal}[0-9]*)?|{decimal}[0-9]+|(?i:inf(?:inity)?))(?:[eE][+-]?[0-9]+)?$"


BODY = {".": _body(r"\.", ","), ",": _body(",", r"\.")}
GROUPS = {".": f"[,'’{SPACES}]", ",": f"[.'’{SPACES}]"}
PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?$")
"""Nearly every number is one of these, and these are known at once."""
PATTERNS = {decimal: re.compile(body) for decimal, body in BODY.items()}


def is_number(cell: str) -> bool:
    """Whether a cell is a number in any of these ways."""
    if PLAIN.match(cell):
        return True
    text = cell.strip().replace("−", "-")
    text = re.sub(rf"[{SPACES}]*%(\)?)$", r"\1", text)
    for at, kept in KEPT.items():
        text = re.sub(at, kept, text)
    text = re.sub(r"^\((.*)\)$", r"-\1", text)
    return any(pattern.match(text) for pattern in PATTERNS.values())


@dataclass(frozen=True)
class Numerals:
    """The different texts `[text]` of a column, seen as numbers. bare: without signs of currency, per cent and brackets.

    percent, bracketed: whether any text has them; currencies: those that were found. Texts with and without a per cent sign
    do not go together, nor do two currencies: `alike` is False.
    """

    bare: pa.Array
    percent: bool
    bracketed: bool
    currencies: tuple[str, ...]
    alike: bool

    @cached_property
    def fits(self) -> dict[str, np.ndarray]:
        """Which texts are numbers with a decimal point, and which with a decimal comma."""
        return {decimal: _matches(self.bare, body) for decimal, body in BODY.items()}

    def only(self, decimal: Decimal) -> bool:
        """Whether a text can be a number in this way alone."""
        return bool((self.fits[decimal] & ~self.fits["," if decimal == "." else "."]).any())

    @cached_property
    def numbers(self) -> int:
        """How many of the texts are numbers, in one way or another."""
        return int((self.fits["."] | self.fits[","]).sum())

    @cached_property
    def either(self) -> bool:
        """Whether 1,234 or 1.234 is among the texts, which say two things."""
        both = self.fits["."] & self.fits[","]
        return bool(both.any() and _matches(self.bare.filter(pa.array(both)), "[.,]").any())

    def grouped(self, decimal: Decimal) -> bool:
        """Whether marks or spaces part the thousands of a number."""
        return bool(_matches(self.bare.filter(pa.array(self.fits[decimal])), f"[0-9]{GROUPS[decimal]}[0-9]").any())

    def plain(self, decimal: Decimal) -> pa.Array:
        """The numbers with a point, and nothing else, as texts `[text]`; null where a text is no such number."""
        kept = pc.if_else(pa.array(self.fits[decimal]), self.bare, None)
        kept = pc.replace_substring_regex(kept, GROUPS[decimal], "")
        return kept if decimal == "." else pc.replace_substring(kept, ",", ".")


def numerals(texts: pa.Array) -> Numerals:
    """`texts` `[text]` (strings, no nulls) seen as numbers."""
    bare = pc.replace_substring(pc.utf8_trim_whitespace(texts), "−", "-")
    if (_matches(bare, BODY["."]) | _matches(bare, BODY[","])).all():
        return Numerals(bare, False, False, (), True)
    signed = _matches(bare, r"%\)?$")
    bare = pc.replace_substring_regex(bare, rf"[{SPACES}]*%(\)?)$", r"\1")
    before, behind = (pc.struct_field(pc.extract_regex(bare, at), "of") for at in KEPT)
    currencies = {sign for found in (before, behind) for sign in pc.unique(found).to_pylist() if sign}
    for at, kept in KEPT.items() if currencies else ():
        bare = pc.replace_substring_regex(bare, at, kept)
    bracketed = _matches(bare, r"^\([^()+-]*\)$")
    bare = pc.replace_substring_regex(bare, r"^\(([^()+-]*)\)$", r"-\1")
    found = Numerals(bare, bool(signed.any()), bool(bracketed.any()), tuple(sorted(currencies)), len(currencies) < 2)
    number = found.fits["."] | found.fits[","]
    mixed = bool((signed & number).any()) and bool((~signed & number).any())
    return Numerals(bare, found.percent, found.bracketed, found.currencies, found.alike and not mixed)


def _matches(texts: pa.Array, pattern: str) -> np.ndarray:
    return pc.match_substring_regex(texts, pattern).to_numpy(zero_copy_only=False).astype(bool)

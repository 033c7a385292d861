"""Nicknames are short and can be seen; all else in them is just text."""

import pytest

from core.errors import UserError
from core.rooms.nickname import MOST, apart, read


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Anna", "Anna"),
        ("  Anna \t Maria\n", "Anna Maria"),
        ("<b>Anna</b>", "<b>Anna</b>"),
        ("<script>alert(1)", "<script>alert(1)"),
        ("Zoe\u0308", "Zoë"),
        ("陳小明", "陳小明"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("7", "7"),
        ("x" * MOST, "x" * MOST),
    ],
)
def test_what_can_be_seen_is_taken(typed: str, name: str) -> None:
    assert read(typed) == name


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", "none"),
        ("   ", "none"),
        ("\u200d", "none"),
        ("\u0301", "none"),
        ("x" * 25, "25 characters"),
        ("x" * 10_000, "10,000 characters"),
        ("An\x00na", "cannot be seen"),
        ("An\u202ena", "cannot be seen"),
        ("\u200b\u200b", "cannot be seen"),
        ("\ud800", "cannot be seen"),
    ],
)
def test_others_are_refused_in_one_short_sentence(typed: str, found: str) -> None:
    with pytest.raises(UserError, match=found) as caught:
        read(typed)
    assert "1 to 24 characters" in str(caught.value)
    assert len(str(caught.value)) < 150


def test_of_two_alike_one_gets_a_number() -> None:
    assert apart("Anna", ["Ben"]) == "Anna"
    assert apart("Anna", ["ANNA"]) == "Anna (2)"
    assert apart("Anna", ["Anna", "anna (2)"]) == "Anna (3)"

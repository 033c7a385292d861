"""Codes are typed in many ways, and mean the same."""

import pytest

from core.rooms.code import LETTERS, new_code, read, shown


@pytest.mark.parametrize(
    "typed", ["BCDFGH", "bcdfgh", "BCD-FGH", " bcd fgh ", "b c d f g h", "BCD–FGH", "bcd_fgh", "BCD.FGH\n"]
)
def test_however_it_is_typed_it_is_the_code(typed: str) -> None:
    assert read(typed) == "BCDFGH"


@pytest.mark.parametrize("typed", ["", "BCDFG", "BCDFGHJ", "BCDFG1", "ABCDEF", "BCDFGß", "'; DROP", "B" * 10_000, "ВСDFGH"])
def test_what_is_none_is_none(typed: str) -> None:
    assert read(typed) is None


def test_a_new_one_has_no_letters_that_look_alike_and_reads_as_itself() -> None:
    made = {new_code() for _ in range(500)}
    assert len(made) > 490
    assert all(read(code) == code and read(shown(code)) == code for code in made)
    assert not set("AEIOUYLV01") & set(LETTERS)
    assert {letter for code in made for letter in code} == set(LETTERS)


def test_it_is_shown_in_two_parts() -> None:
    assert shown("BCDFGH") == "BCD-FGH"

"""A key is known from its hash, and a password leads to it; neither is kept."""

import pytest

from core.errors import UserError
from core.rooms.key import derived, fits, new_key


def test_without_a_password_it_is_random() -> None:
    one, other = new_key(""), new_key("")
    assert one.text != other.text
    assert one.salt == ""
    assert len(one.text) == 32


def test_the_password_leads_to_it_and_to_that_of_no_other_room() -> None:
    one, other = new_key("open sesame"), new_key("open sesame")
    assert derived("open sesame", one.salt) == one.text
    assert derived("open sesamE", one.salt) != one.text
    assert one.text != other.text
    assert len(one.text) == 32


def test_only_the_key_itself_fits() -> None:
    key = new_key("")
    assert fits(key.text, key.hash)
    for wrong in ("", key.text[:-1], key.text.swapcase(), key.hash, "\ud800", "x" * 100_000):
        assert not fits(wrong, key.hash)


def test_what_is_kept_tells_neither() -> None:
    key = new_key("open sesame")
    assert key.text not in (key.salt, key.hash)
    assert "sesame" not in key.salt + key.hash


@pytest.mark.parametrize("password", ["short", "x" * 201, "x" * 100_000])
def test_a_password_is_neither_short_nor_endless(password: str) -> None:
    with pytest.raises(UserError, match="6 to 200 characters") as caught:
        new_key(password)
    assert password not in str(caught.value)

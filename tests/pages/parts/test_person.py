"""Who a visitor is, by a cookie."""

from http.cookies import SimpleCookie

import pytest

from pages.parts.person import COOKIE, named, new_cookie, person_of


def test_a_cookie_makes_one_person_and_each_cookie_another() -> None:
    first, second = (SimpleCookie(new_cookie(secure=False))[COOKIE].value for _ in range(2))
    person = person_of({COOKIE: first, "other": "1"})
    assert person == person_of({COOKIE: first})
    assert person == named(first)
    assert person != person_of({COOKIE: second})
    assert person is not None
    assert len(person) == 40
    assert first not in person


@pytest.mark.parametrize("cookies", [{}, {COOKIE: ""}, {COOKIE: "x"}, {COOKIE: "x" * 33}, {COOKIE: "../" * 10 + "ab"}])
def test_without_a_well_formed_cookie_one_is_nobody(cookies: dict[str, str]) -> None:
    assert person_of(cookies) is None


def test_scripts_and_other_sites_do_not_get_the_cookie() -> None:
    told = SimpleCookie(new_cookie(secure=True))[COOKIE]
    assert (told["httponly"], told["samesite"], told["secure"], told["path"]) == (True, "Lax", True, "/")
    assert not SimpleCookie(new_cookie(secure=False))[COOKIE]["secure"]

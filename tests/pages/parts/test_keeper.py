"""Who keeps the server."""

import pytest

from pages.parts.keeper import BROUGHT, is_here, is_keeper, knows_key


@pytest.mark.parametrize("host", ["localhost", "localhost:8501", "127.0.0.1:8501", "[::1]:8501"])
@pytest.mark.parametrize("client", ["127.0.0.1", "::1"])
def test_who_sits_at_this_machine_keeps_it(host: str, client: str) -> None:
    assert is_keeper({"host": host}, client)


@pytest.mark.parametrize(
    ("host", "client"),
    [
        ("localhost:8501", "192.168.1.7"),
        ("localhost", None),
        ("mtl.example.org", "127.0.0.1"),
        ("192.168.1.2:8501", "127.0.0.1"),
        ("[::1", "127.0.0.1"),
        ("", "127.0.0.1"),
        ("localhost.evil.example", "127.0.0.1"),
    ],
)
def test_who_comes_from_elsewhere_or_by_another_name_does_not(host: str, client: str | None) -> None:
    assert not is_keeper({"host": host}, client)


@pytest.mark.parametrize("header", BROUGHT)
def test_who_is_brought_by_a_proxy_on_this_machine_does_not(header: str) -> None:
    assert not is_here({"host": "localhost", header: "127.0.0.1"}, "127.0.0.1")


def test_the_key_opens_from_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not knows_key("")
    monkeypatch.setenv("MTL_STATUS_KEY", "0123456789abcdef")
    away = {"host": "mtl.example.org", "x-forwarded-for": "1.2.3.4"}
    assert is_keeper(away | {"authorization": "Bearer 0123456789abcdef"}, "10.0.0.1")
    for wrong in ("", "Bearer ", "Bearer 0123456789abcdeX", "Bearer ü"):
        assert not is_keeper(away | {"authorization": wrong}, "10.0.0.1")

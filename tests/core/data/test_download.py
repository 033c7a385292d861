"""The line through which a library asks one server: what it answers, refuses, and when it stops."""

import urllib.request
from collections.abc import Iterator

import pytest

from core.data.download import Line, under
from core.errors import UserError
from tests.serving import Openml, serving


@pytest.fixture
def server() -> Iterator[Openml]:
    with serving() as openml:
        openml.answers["/hello"] = (200, b"hello" * 1000)
        yield openml


def line(server: Openml, **changes: float) -> Line:
    given = {"silence": 5.0, "whole": 50.0, "most": 10_000} | changes
    return Line(server.address, "openml.org", **given)


def test_urllib_asks_the_line_and_nobody_asks_twice(server):
    with under(line(server)):
        for _ in range(2):
            with urllib.request.urlopen("https://www.openml.org/hello") as response:
                assert response.read() == b"hello" * 1000
                assert response.status == 200
    assert server.asked == ["/hello"]


def test_it_counts_what_it_hears(server):
    held = line(server)
    held.answer(f"{server.address}/hello")
    assert held.heard == held.expected == 5_000
    assert held.asked == "/hello"


def test_too_much_is_refused(server):
    with pytest.raises(UserError, match="at most"):
        line(server, most=4_999).answer(f"{server.address}/hello")


def test_too_late_is_too_late(server):
    with pytest.raises(UserError, match="within 5 seconds"):
        line(server, whole=0.0).answer(f"{server.address}/hello")


def test_a_problem_stays_one(server):
    held = line(server)
    with pytest.raises(UserError, match="none of that name"):
        held.answer(f"{server.address}/gone")
    with pytest.raises(UserError, match="none of that name"):
        held.answer(f"{server.address}/hello")
    assert server.asked == ["/gone"]


def test_stopped_is_stopped(server):
    held = line(server)
    held.stop()
    with pytest.raises(UserError, match="stopped"):
        held.answer(f"{server.address}/hello")
    assert not server.asked


@pytest.mark.parametrize(
    ("url", "to"),
    [
        ("https://www.openml.org/a?b=1", "http://127.0.0.1:1/a?b=1"),
        ("http://openml.org/a", "http://127.0.0.1:1/a"),
        ("https://data.openml.org/a", "http://127.0.0.1:1/a"),
        ("http://127.0.0.1:1/a", "http://127.0.0.1:1/a"),
        ("http://127.0.0.1:2/a", None),
        ("http://[::1]/a", None),
        ("https://openml.org@evil.example/a", None),
        ("https://xopenml.org/a", None),
        ("https://openml.org.evil.example/a", None),
        ("file:///etc/passwd", None),
        ("ftp://openml.org/a", None),
        ("data:text/plain,x", None),
        ("", None),
    ],
)
def test_an_address_leads_home_or_nowhere(url, to):
    held = Line("http://127.0.0.1:1", "openml.org", 1.0, 1.0, 10)
    if to is None:
        with pytest.raises(UserError, match="an address elsewhere"):
            held.address(url)
    else:
        assert held.address(url) == to


def test_at_home_addresses_stay_as_they_are():
    held = Line("https://www.openml.org", "openml.org", 1.0, 1.0, 10)
    assert held.address("https://data.openml.org/a?b") == "https://data.openml.org/a?b"

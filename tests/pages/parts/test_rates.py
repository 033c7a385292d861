"""How often one may ask, for persons and addresses, with little memory."""

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from core.errors import UserError
from pages.parts import rates
from pages.parts.person import COOKIE
from pages.parts.rates import PACES, Pace, Paced, Rate, check_pace, kind_of
from tests.asking import ask


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_then_one_after_the_other() -> None:
    clock = Clock()
    rate = Rate(3, 0.5, clock=clock)
    assert [rate.wait("a") for _ in range(3)] == [0, 0, 0]
    assert rate.wait("a") == 2.0
    assert rate.wait("b") == 0
    clock.now += 1
    assert rate.wait("a") == 1.0
    clock.now += 1
    assert rate.wait("a") == 0
    clock.now += 1000
    assert [rate.wait("a") > 0 for _ in range(4)] == [False, False, False, True]


def test_a_million_names_take_little_memory() -> None:
    rate = Rate(1, 1, most=100)
    for number in range(10_000):
        rate.wait(str(number))
    assert len(rate) == 100


@pytest.fixture
def pace(monkeypatch: pytest.MonkeyPatch) -> Pace:
    made = Pace("Knocking", Rate(2, 0.1), Rate(5, 0.1))
    monkeypatch.setitem(PACES, "commands", made)
    return made


def test_a_person_is_told_how_long_to_wait_and_others_go_on(pace: Pace) -> None:
    for _ in range(2):
        check_pace("commands", "ada", "10.0.0.1")
    with pytest.raises(UserError, match=r"Knocking should be slower\. Found too many at once\. Try again in 10 s\."):
        check_pace("commands", "ada", "10.0.0.1")
    check_pace("commands", "bo", "10.0.0.1")


def test_new_cookies_do_not_help_an_address(pace: Pace) -> None:
    for number in range(5):
        check_pace("commands", str(number), "10.0.0.1")
    with pytest.raises(UserError):
        check_pace("commands", "another", "10.0.0.1")
    check_pace("commands", "another", "10.0.0.2")


def test_a_net_of_the_sixth_version_is_one_address(pace: Pace) -> None:
    for number in range(5):
        check_pace("commands", None, f"2001:db8::{number}")
    with pytest.raises(UserError):
        check_pace("commands", None, "2001:db8::ffff")
    check_pace("commands", None, "2001:db8:0:1::1")
    check_pace("commands", None, "::ffff:10.0.0.1")


async def behind(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("here")(scope, receive, send)


def test_the_third_command_is_refused_and_looking_never_is(pace: Pace) -> None:
    headers = {"cookie": f"{COOKIE}={'x' * 32}"}
    app = Paced(behind)
    assert [ask(app, "/live/x", "POST", headers=headers).status for _ in range(3)] == [200, 200, 429]
    refused = ask(app, "/live/x", "POST", headers=headers)
    assert refused.message.startswith("Knocking should be slower.")
    assert ask(app, "/live/x", headers=headers).status == 200


@pytest.mark.parametrize(
    ("scope", "kind"),
    [
        ({"type": "websocket", "path": "/_stcore/stream"}, "coming"),
        ({"type": "http", "method": "PUT", "path": "/_stcore/upload_file/a/b"}, "uploading"),
        ({"type": "http", "method": "DELETE", "path": "/_stcore/upload_file/a/b"}, "uploading"),
        ({"type": "http", "method": "POST", "path": "/inside/x"}, "commands"),
        ({"type": "http", "method": "GET", "path": "/inside/x"}, None),
        ({"type": "lifespan"}, None),
    ],
)
def test_what_has_which_pace(scope: Scope, kind: str | None) -> None:
    assert kind_of(scope) == kind
    assert kind is None or kind in rates.PACES


def test_a_class_of_200_joins_from_one_address_within_seconds() -> None:
    for kind in ("joining", "coming"):
        for number in range(400):
            check_pace(kind, f"pupil {number}", "192.0.2.7")

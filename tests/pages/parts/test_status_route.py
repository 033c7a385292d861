"""GET /status is for who keeps the server."""

import json

import pytest
from starlette.applications import Starlette

from pages.parts.status_route import ROUTES
from tests.asking import ask

APP = Starlette(routes=ROUTES)


def test_at_the_machine_itself_it_is_told() -> None:
    answer = ask(APP, "/status")
    assert answer.status == 200
    assert set(json.loads(answer.text)) == {"up", "runs", "queue", "workers", "memory", "trouble"}


def test_from_elsewhere_only_with_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MTL_STATUS_KEY", "0123456789abcdef")
    away = {"x-forwarded-for": "192.0.2.1"}
    refused = ask(APP, "/status", headers=away)
    assert (refused.status, set(json.loads(refused.text))) == (403, {"message"})
    assert ask(APP, "/status", headers=away | {"authorization": "Bearer 0123456789abcdef"}).status == 200

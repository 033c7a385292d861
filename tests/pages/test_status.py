"""The page Status: numbers for who keeps the server, a key's field for everybody else."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import keeper

KEY = "0123456789abcdef"


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("MTL_STATUS_KEY", KEY)
    return AppTest.from_file("../../pages/status.py", default_timeout=60)


def test_who_is_elsewhere_needs_the_key(page: AppTest) -> None:
    page.run()
    assert not page.exception
    assert not page.metric
    page.text_input[0].set_value("wrong").run()
    assert page.error[0].value == "This is not the status key."
    assert not page.metric
    page.text_input[0].set_value(KEY).run()
    assert not page.exception
    assert {"Playing", "Waiting", "Server"} <= {metric.label for metric in page.metric}


def test_who_is_here_sees_it_at_once(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "_is_loopback", lambda address: True)
    page.run()
    assert not page.exception
    assert len(page.metric) == 13
    assert not page.markdown

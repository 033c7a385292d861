"""Callbacks that the next click may not end."""

from unittest.mock import patch

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import RerunData, RerunException
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState

from pages.parts.whole import finish_callbacks


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit as it was, after each test."""
    monkeypatch.setattr(SafeSessionState, "on_script_will_rerun", SafeSessionState.on_script_will_rerun)


class Clicks:
    """A widget whose callback looks at session state; the next click comes in while it runs, or before."""

    def __init__(self) -> None:
        self.inner = SessionState()
        self.inner["toggle"] = True
        self.state = SafeSessionState(self.inner, self.ask)
        self.newer, self.done = False, []

    def ask(self) -> None:
        if self.newer:
            self.newer = False
            raise RerunException(RerunData())

    def called(self) -> None:
        self.newer = True
        self.done.append(self.state["toggle"])

    def click(self) -> None:
        with patch.object(SessionState, "on_script_will_rerun", lambda *args, **named: self.called()):
            self.state.on_script_will_rerun(WidgetStates())


def test_a_callback_is_ended_by_the_next_click_without_this() -> None:
    clicks = Clicks()
    with pytest.raises(RerunException):
        clicks.click()
    assert clicks.done == []


def test_a_callback_is_done_to_its_end_and_the_next_click_is_heard_of_after_it() -> None:
    finish_callbacks()
    finish_callbacks()
    clicks = Clicks()
    clicks.click()
    assert clicks.done == [True]
    with pytest.raises(RerunException):
        clicks.state["toggle"]


def test_what_is_older_than_a_click_is_given_up_before_any_callback() -> None:
    finish_callbacks()
    clicks = Clicks()
    clicks.newer = True
    with pytest.raises(RerunException):
        clicks.click()
    assert clicks.done == []


def test_a_callback_that_fails_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    finish_callbacks()
    clicks = Clicks()
    monkeypatch.setattr(clicks, "done", None)
    with pytest.raises(AttributeError):
        clicks.click()
    assert clicks.newer
    with pytest.raises(RerunException):
        clicks.state["toggle"]

"""Callbacks that the next click may not end."""

from typing import Any
from unittest.mock import patch

import pytest
from streamlit.proto.Common_pb2 import StringTriggerValue
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
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

    def click(self, **value: Any) -> None:
        """value: what the browser tells of a widget, beside a slider that stands at 3."""
        told = [WidgetState(id="slider", double_value=3), *([WidgetState(id="other", **value)] if value else [])]
        with patch.object(SessionState, "on_script_will_rerun", lambda *args, **named: self.called()):
            self.state.on_script_will_rerun(WidgetStates(widgets=told))


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


def test_where_a_widget_stands_the_newer_click_says_and_so_the_older_one_is_given_up() -> None:
    finish_callbacks()
    clicks = Clicks()
    clicks.newer = True
    with pytest.raises(RerunException):
        clicks.click()
    assert clicks.done == []


@pytest.mark.parametrize(
    "value",
    [
        {"trigger_value": True},
        {"string_trigger_value": StringTriggerValue(data="a place in a menu")},
        {"json_trigger_value": '{"mark": {"column": "ill"}}'},
    ],
)
def test_what_a_browser_says_only_once_is_heard_though_something_newer_has_come_in(value: dict[str, Any]) -> None:
    finish_callbacks()
    clicks = Clicks()
    clicks.newer = True
    clicks.click(**value)
    assert clicks.done == [True]
    with pytest.raises(RerunException):  # the newer one follows
        clicks.state["toggle"]


def test_streamlit_itself_loses_it() -> None:
    clicks = Clicks()
    clicks.newer = True
    with pytest.raises(RerunException):
        clicks.click(trigger_value=True)
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

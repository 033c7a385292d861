"""What a click does, it does to its end. Knows nothing of what clicks do.

Streamlit ends a callback where it touches session state as soon as the next click has come in: of two clicks in quick
succession the first would be done in part, or not at all, while its widget shows it as done. The page that is drawn after the
callbacks is still given up for the next click.

Of a click that something newer has overtaken before its callbacks began, they are left out, as what the newer one carries along
shows where each widget stands; but for one on a button or in a picture, which nothing newer carries along.
"""

from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.state.safe_session_state import SafeSessionState

_before = SafeSessionState.on_script_will_rerun
_ASK = "_yield_callback"
_ONCE = ("trigger_value", "string_trigger_value", "chat_input_value", "json_trigger_value")
"""Kinds of what a browser says once and then forgets."""


def finish_callbacks() -> None:
    """From now on, for all visitors. Called again it changes nothing."""
    SafeSessionState.on_script_will_rerun = _whole  # type: ignore[assignment, method-assign]


def _whole(self: SafeSessionState, told: WidgetStates | None, **named: Any) -> None:
    """Where all callbacks of a click run: whether there is something newer is asked once at most, before the first of them."""
    ask = self._yield_callback
    if not _said_once(told):
        ask()
    object.__setattr__(self, _ASK, _nothing)
    try:
        _before(self, told, **named)
    finally:
        object.__setattr__(self, _ASK, ask)


def _said_once(told: WidgetStates | None) -> bool:
    """Whether what a browser tells of its widgets has a press of a button in it, or the like."""
    return told is not None and any(state.WhichOneof("value") in _ONCE for state in told.widgets)


def _nothing() -> None:
    """Nobody asks."""

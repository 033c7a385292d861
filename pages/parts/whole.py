"""What a click does, it does to its end. Knows nothing of what clicks do.

Streamlit ends a callback where it touches session state as soon as the next click has come in: of two clicks in quick
succession the first would be done in part, or not at all, while its widget shows it as done. The page that is drawn after the
callbacks is still given up for the next click.
"""

from typing import Any

from streamlit.runtime.state.safe_session_state import SafeSessionState

_before = SafeSessionState.on_script_will_rerun
_ASK = "_yield_callback"


def finish_callbacks() -> None:
    """From now on, for all visitors. Called again it changes nothing."""
    SafeSessionState.on_script_will_rerun = _whole  # type: ignore[method-assign]


def _whole(self: SafeSessionState, *args: Any, **named: Any) -> None:
    """Where all callbacks of a click run: whether there is something newer is asked once, before the first of them."""
    ask = self._yield_callback
    ask()
    object.__setattr__(self, _ASK, _nothing)
    try:
        _before(self, *args, **named)
    finally:
        object.__setattr__(self, _ASK, ask)


def _nothing() -> None:
    """Nobody asks."""

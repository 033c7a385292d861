"""Points that a person puts into the picture, moves or takes away. Knows nothing of how the picture is drawn."""

from typing import Any

from core.data.points import edited
from pages.parts import state


def on_point(key: str) -> None:
    """Takes up what was done in the picture; a run that is under way goes on with it."""
    value: Any = state.value(key)
    op = getattr(value, "point", None)
    if isinstance(op, dict):
        state.attempt(lambda: edited(state.document(), op), draft=False)

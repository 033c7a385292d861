"""What all tests of pages share. Knows no page."""

import re
from typing import Any

import pytest
from streamlit.testing.v1.element_tree import WidgetList


@pytest.fixture(autouse=True)
def widgets_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A widget is found by its key, also where another has taken its place, see `state.bind`."""
    plain = WidgetList.__call__

    def found(self: Any, key: str) -> Any:
        keys = [widget.key for widget in self if re.fullmatch(rf"{re.escape(key)}(~\d+)?", widget.key or "")]
        return plain(self, keys[0] if keys else key)

    monkeypatch.setattr(WidgetList, "__call__", found)

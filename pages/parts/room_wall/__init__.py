"""Everyone's runs at a glance, for the presenter: curves, scores, and a button that puts one on the stage.

A browser component that asks the server by itself (`room_routes`). Names are text and nothing else to it.
"""

from pathlib import Path
from typing import Any

import streamlit as st

from core.charts.palette import task_color
from core.errors import UserError
from core.experiment import MAX_TASKS
from core.rooms import rooms
from pages.parts import state
from pages.parts.bundle import bundle
from pages.parts.plain import plain
from pages.parts.room_seat import sit

FOLDER = Path(__file__).parent

_COMPONENT = st.components.v2.component(
    "mtl_room_wall",
    html=(FOLDER / "wall.html").read_text(encoding="utf-8"),
    css=(FOLDER / "wall.css").read_text(encoding="utf-8"),
    js=bundle(FOLDER, "main.js"),
)


def room_wall(code: str, key: str, desk: str) -> None:
    """desk: the presenter's key, which stays on the server."""

    def hear() -> None:
        told: Any = getattr(state.value(key), "spotlight", None)
        if isinstance(told, dict) and (told.get("id") is None or isinstance(told["id"], str)):
            _put(code, desk, told["id"])

    colors = [list(task_color(number)[:2]) for number in range(MAX_TASKS)]
    _COMPONENT(key=key, data={"room": code, "colors": colors}, on_spotlight_change=hear)


def _put(code: str, desk: str, member: str | None) -> None:
    try:
        rooms().spotlight(code, desk, member)
    except UserError as error:
        st.toast(plain(str(error)), icon=":material/error:")
    sit()

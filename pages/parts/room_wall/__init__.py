"""Everyone's runs at a glance, for the presenter: curves, scores, and a button that puts one on the stage.

A browser component that asks the server by itself (`room_routes`). Names are text and nothing else to it.
"""

from pathlib import Path
from typing import Any

import streamlit as st

from core.charts.palette import task_color
from core.experiment import MAX_TASKS
from core.rooms import rooms
from pages.parts import state
from pages.parts.bundle import bundle
from pages.parts.room_acts import doing
from pages.parts.room_seat import Seat

FOLDER = Path(__file__).parent

_COMPONENT = st.components.v2.component(
    "mtl_room_wall",
    html=(FOLDER / "wall.html").read_text(encoding="utf-8"),
    css=(FOLDER / "wall.css").read_text(encoding="utf-8"),
    js=bundle(FOLDER, "main.js"),
)


def room_wall(seat: Seat, key: str) -> None:
    """seat: the presenter's. In a room that has ended there is no stage to put anybody on."""

    def hear() -> None:
        told: Any = getattr(state.value(key), "spotlight", None)
        if isinstance(told, dict) and (told.get("id") is None or isinstance(told["id"], str)):
            with doing():
                rooms().spotlight(seat.room.code, seat.key, told["id"])

    colors = [list(task_color(number)[:2]) for number in range(MAX_TASKS)]
    _COMPONENT(key=key, data={"room": seat.room.code, "colors": colors, "over": seat.room.ended}, on_spotlight_change=hear)

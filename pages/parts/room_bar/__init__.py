"""The line at the top of every page while one is in a room: which room, what the presenter does, and one's own few buttons.

A browser component. It hears of the room by itself (`room_routes`) and has the page's script run again when the presenter has
changed something; it also keeps closed what is locked (`room_part`). Names are text and nothing else to it.
"""

from pathlib import Path
from typing import Any

import streamlit as st

from core.rooms.locks import LOCKS
from pages.parts import room_acts, state
from pages.parts.bundle import bundle
from pages.parts.room_part import LOCKED
from pages.parts.room_seat import Seat, key_of, sign

FOLDER = Path(__file__).parent
KEY, HEARD = "room.bar", "room.heard"
PRESENTS = "You present"
FOLLOWING = "You are watching the presenter’s run."
ON_STAGE = "Your run is on the stage."
OVER = "This room has ended. Your run stays with you."
OVER_HERE = "This room has ended."

_COMPONENT = st.components.v2.component(
    "mtl_room_bar",
    html=(FOLDER / "bar.html").read_text(encoding="utf-8"),
    css=(FOLDER / "bar.css").read_text(encoding="utf-8"),
    js=bundle(FOLDER, "main.js"),
)


def room_bar(seat: Seat, quiet: bool = False) -> None:
    """quiet: nothing is seen of it, it only hears."""
    data = {**spec_of(seat), "heard": state.memory().get(HEARD), "quiet": quiet}
    if seat.presents and key_of(st.context.cookies, seat.room.code) != seat.key:
        data["key"] = seat.key
    with st.container(key="room-bar"):
        _COMPONENT(key=KEY, data=data, on_acts_change=_act, on_news_change=_nothing)


def spec_of(seat: Seat) -> dict[str, Any]:
    """All that the bar shows, as JSON; no run's id is in it."""
    room = seat.room
    return {
        "room": room.code,
        "sign": sign(room),
        "code": f"Room {seat.code}",
        "who": " · ".join([room.title, seat.member.nickname if seat.member else PRESENTS]),
        "counts": seat.presents and not room.ended,
        "says": says(seat),
        "acts": acts(seat),
        "closed": seat.closed,
        "why": state.LOOKING if seat.watches else LOCKED,
    }


def says(seat: Seat) -> str:
    """What one should know now, in a line."""
    room = seat.room
    if room.ended:
        return OVER_HERE if seat.presents else OVER
    told = []
    if seat.watches:
        told.append(FOLLOWING)
    elif seat.member and room.locks:
        told.append(f"Locked for now: {', '.join(LOCKS[name].title for name in LOCKS if name in room.locks)}.")
    if seat.member and room.spotlight == seat.member.id:
        told.append(ON_STAGE)
    if room.challenge and not seat.watches:
        told.append(f"Challenge: {room.challenge.text}")
    return " ".join(told)


def acts(seat: Seat) -> list[dict[str, Any]]:
    """The buttons: name, label, help; on: whether it is pressed; off: whether it can be pressed at all."""
    room = seat.room
    if room.ended:
        return [{"name": "leave", "label": "Leave the room", "help": "This line goes away."}]
    if seat.presents:
        return [
            {"name": "push", "label": "Send to all", "help": room_acts.PUSH},
            {"name": "follow", "label": "Follow me", "help": room_acts.FOLLOW, "on": room.follow is not None},
        ]
    shut = seat.watches
    buttons = [{"name": "hand", "label": "Hand in", "help": room_acts.HAND, "main": True, "off": shut}]
    if room.pushed is not None:
        buttons.insert(0, {"name": "back", "label": "Back to the presenter’s state", "help": room_acts.BACK, "off": shut})
    return buttons


def _act() -> None:
    """Each press is done once, by its number: the browser sends again what it does not hear of."""
    told, held = getattr(state.value(KEY), "acts", None), state.memory()
    for press in told if isinstance(told, list) else []:
        number = press.get("n") if isinstance(press, dict) else None
        if isinstance(number, int) and number > held.get(HEARD, 0):
            held[HEARD] = number
            room_acts.act(str(press.get("name")))


def _nothing() -> None:
    """The page's script runs again: that is all."""

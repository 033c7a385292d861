"""What one does in a room by a press: send, follow, hand in, go back. What is refused is said in a toast. Layout only."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from core.errors import UserError
from core.rooms import rooms
from pages.parts import state
from pages.parts.plain import plain
from pages.parts.room_seat import Seat, leave, seat, sit, take_pushed

PUSH = (
    "Everyone’s page takes your experiment, to explore by themselves; where it is made from a file of yours, with a copy of it."
)
FOLLOW = "Everyone sees your run live, as you see it, its table too, and can change nothing until you press this again."
HAND = "Gives the presenter your run as it stands now. You can go on, and hand in again."
BACK = "Your experiment becomes the one that the presenter sent last. Undo brings yours back."
SENT = "Sent to {} here."
HANDED = "Handed in. The presenter sees your run as it stands now."
RETURNED = "This is the presenter’s experiment. Undo brings yours back."


@contextmanager
def doing() -> Iterator[None]:
    """Something that is done in a room: what is refused is said, and the page shows the room as it is after it."""
    try:
        yield
    except UserError as error:
        st.toast(plain(str(error)), icon=":material/error:")
    sit()


def act(name: str) -> None:
    """Does what a button of the room's bar stands for."""
    here = seat()
    if name == "leave":
        leave()
    elif here is not None and name in ACTS:
        with doing():
            ACTS[name](here)


def push(here: Seat) -> None:
    run = state.own()
    source = run.id if run.experiment.data.source.kind == "file" else None
    rooms().push(here.room.code, here.key, run.experiment, source)
    count = len(rooms().members(here.room.code))
    st.toast(SENT.format("the one person" if count == 1 else f"the {count} people"), icon=":material/send:")


def follow(here: Seat) -> None:
    rooms().follow(here.room.code, here.key, state.own().id if here.room.follow is None else None)


def hand_in(here: Seat) -> None:
    rooms().hand_in(here.room.code, state.person(), state.own())
    st.toast(HANDED, icon=":material/check_circle:")


def back(here: Seat) -> None:
    take_pushed(here.room)
    st.toast(RETURNED, icon=":material/undo:")


ACTS: dict[str, Callable[[Seat], None]] = {"push": push, "follow": follow, "hand": hand_in, "back": back}
"""By the names that the bar's buttons have. Who may do what is the rooms' affair: they ask for the key."""

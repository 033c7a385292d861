"""The page Room for its presenter: the code, what is locked, the challenge, everyone's runs, the end. Layout only.

Sending and following stand in the room's bar, at hand on every page.
"""

import streamlit as st

from core.rooms import rooms
from core.rooms.locks import LOCKS
from pages.parts import state, wrapped
from pages.parts.plain import plain
from pages.parts.room_acts import doing
from pages.parts.room_challenge import challenge
from pages.parts.room_end import end
from pages.parts.room_link import alone, link, qr
from pages.parts.room_seat import Seat
from pages.parts.room_wall import room_wall

HOW = (
    "**Send to all** gives everyone your experiment to explore. **Follow me** shows everyone your run, live. Both stand in the "
    "line above, on every page."
)
LOCK = "What nobody but you can change for now. Everyone sees it greyed out."
STAGE = (
    "For the projector, in a tab of its own: the code, your run or one that you put on the stage, and the board, in large type."
)


def desk(seat: Seat) -> None:
    room = seat.room
    left, right = st.columns([0.24, 0.76], gap="large")
    with left:
        st.markdown(f"#### {plain(room.title)}")
        st.markdown(f"# {seat.code}")
        if not room.ended:
            _way_in(seat)
        end(seat)
    with right:
        if not room.ended:
            st.caption(HOW)
            _locks(seat)
            if sentence := alone():
                st.warning(sentence, icon=":material/wifi_off:")
        people, task = wrapped.columns("desk", [0.62, 0.38])
        with people:
            st.markdown("##### Everyone")
            room_wall(seat, "room.wall")
        with task:
            challenge(seat)
    state.forget_problem()


def _way_in(seat: Seat) -> None:
    address = link("", room=seat.room.code)
    st.image(qr(address), width="stretch", alt=f"QR code of {address}")
    st.code(address, language=None, wrap_lines=True)
    stage = link("stage", room=seat.room.code, watch=state.own().watch_id)
    st.link_button("Open the stage", stage, icon=":material/co_present:", help=STAGE, width="stretch")


def _locks(seat: Seat) -> None:
    state.bind("room.locks", sorted(seat.room.locks, key=list(LOCKS).index))

    def told() -> None:
        if state.turned("room.locks"):
            with doing():
                rooms().lock(seat.room.code, seat.key, state.value("room.locks") or [])

    st.pills("Locked for everyone", list(LOCKS), selection_mode="multi", format_func=lambda name: LOCKS[name].title,
             key="room.locks", on_change=told, help=LOCK)  # fmt: skip

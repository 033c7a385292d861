"""The page Room for who takes part: who one is, the challenge and its board, and the way out. Layout only."""

import streamlit as st

from core.rooms import rooms
from pages.parts import state
from pages.parts.plain import plain
from pages.parts.room_board import board
from pages.parts.room_seat import Seat, leave
from pages.parts.words import short

HOW = (
    "Your run is yours: explore on any page. **Hand in**, in the line above, gives the presenter your run as it stands. Reload "
    "the page, close the laptop: this address brings you back."
)
LEAVE = "Your run stays with you. The room's code brings you back in."


def taking_part(seat: Seat) -> None:
    st.markdown(f"#### {plain(seat.room.title)}")
    assert seat.member is not None
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.markdown(f"You are **{plain(seat.member.nickname)}** in room **{seat.code}**.", width="content")
        st.button("Leave the room", icon=":material/logout:", key="room.leave", help=LEAVE, on_click=leave, type="tertiary")
    st.caption(HOW)
    person = next((each for each in rooms().handed(seat.room.code) if each.member_id == seat.member.id), None)
    if person is not None:
        scores = ", ".join(f"{plain(task)} {short(score)}" for task, score in person.scores.items() if score is not None)
        st.success(f"You have handed in, at epoch {person.epochs:g}: {scores}.", icon=":material/check_circle:")
    if not seat.room.ended:
        st.page_link(st.Page("playground.py", title="Playground", default=True), label="To the Playground",
                     icon=":material/play_circle:")  # fmt: skip
    board(seat.room)
    state.forget_problem()

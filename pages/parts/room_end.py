"""What the presenter takes along, and the end of a room. Layout only."""

import streamlit as st

from core.rooms import rooms
from pages.parts.room_acts import doing
from pages.parts.room_seat import Seat, leave

EXPORT = "One line for everyone and every task: scores, epochs, parameters, what was handed in. Opens in any spreadsheet."
KEEP = "Nobody comes in any more, nothing is locked. The board and what was handed in stay, and everyone keeps their run."
DELETE = "Deletes the room, everyone's runs in it and the files that they brought. This cannot be undone."


def end(seat: Seat) -> None:
    with st.container(horizontal=True, gap="xsmall"):
        code, key = seat.room.code, seat.key
        st.download_button("Save results.csv", lambda: rooms().export(code, key), f"room-{code}.csv", "text/csv",
                           key="room.export", icon=":material/download:", help=EXPORT, on_click="ignore",
                           width="stretch")  # fmt: skip
        over = "Delete the room" if seat.room.ended else "End the room"
        with st.popover(over, icon=":material/door_front:", width="stretch"):
            if not seat.room.ended:
                st.caption(KEEP)
                st.button("End it, keep its data", key="room.end", width="stretch", on_click=_end, args=(seat, True))
            st.caption(DELETE)
            label = "Delete its data" if seat.room.ended else "End it, delete its data"
            st.button(label, key="room.delete", width="stretch", icon=":material/delete:", on_click=_end, args=(seat, False))


def _end(seat: Seat, keep: bool) -> None:
    with doing():
        rooms().end(seat.room.code, seat.key, keep)
        if not keep:
            leave()
            st.toast("The room and its data are deleted.", icon=":material/delete:")

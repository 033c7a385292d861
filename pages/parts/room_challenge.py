"""What the presenter sets as a challenge: a sentence, a bar for each task, and what is to be small. Layout only."""

import streamlit as st

from core.errors import UserError
from core.experiment import Experiment
from core.rooms import rooms
from core.rooms.challenge import LONGEST, SMALLEST, Challenge, Smallest
from core.training.metrics import METRICS, primary
from pages.parts import state
from pages.parts.plain import plain
from pages.parts.room_acts import doing
from pages.parts.room_board import AMOUNTS, board
from pages.parts.room_seat import Seat, sit

BAR = 0.9
WHAT = "The score that counts, on the validation rows: {}."
SMALL = "Of those who reach all bars, whoever has the least of it leads."
STOP = "The board goes away, everywhere."


def challenge(seat: Seat) -> None:
    """The form; once it is started, the board, which stays when the room has ended."""
    room = seat.room
    if room.ended and room.challenge is None:
        return
    st.markdown("##### Challenge")
    if room.challenge is None:
        _form(seat)
        return
    board(room)
    if not room.ended:
        st.button("End the challenge", icon=":material/stop_circle:", key="room.stop", help=STOP, on_click=_stop, args=(seat,))


def _form(seat: Seat) -> None:
    document = (seat.room.pushed if seat.room.pushed else None) or state.document()
    scored = [task for task in document.tasks if not task.auxiliary]
    with st.form("room.challenge", border=True):
        text = st.text_input("What to reach", wording(document), key="room.challenge.text", max_chars=LONGEST)
        bars = {}
        for task, place in zip(scored, st.columns(min(3, max(1, len(scored)))) * len(scored), strict=False):
            metric = next(each.title for each in METRICS[task.kind] if each.name == primary(task.kind))
            name, key = task.column, f"room.challenge.{task.column}"
            bars[name] = place.number_input(
                f"{plain(name)}, at least", None, None, BAR, 0.01, key=key, help=WHAT.format(metric)
            )
        smallest: Smallest = st.selectbox(
            "What is to be small", list(SMALLEST), format_func=AMOUNTS.__getitem__, key="room.challenge.smallest", help=SMALL
        )
        pressed = st.form_submit_button("Start the challenge", icon=":material/flag:", width="stretch")
    if not pressed:
        return
    try:
        rooms().challenge(seat.room.code, seat.key, Challenge(text or "", bars, smallest))
    except UserError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    sit()
    st.rerun()


def wording(document: Experiment) -> str:
    """What a challenge on this document may be called."""
    count = len([task for task in document.tasks if not task.auxiliary])
    who = {1: "the task", 2: "both tasks"}.get(count, f"all {count} tasks")
    return f"The smallest network that gets {who} above {BAR:g}"


def _stop(seat: Seat) -> None:
    with doing():
        rooms().challenge(seat.room.code, seat.key, None)

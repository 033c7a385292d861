"""Stage: what all see on the projector, in large type: how to join, the presenter's run or the one put here, the board."""

import streamlit as st

from core.rooms import rooms
from core.runs import engine
from core.runs.run import Run
from pages.parts import live, state
from pages.parts.plain import plain
from pages.parts.room_board import board
from pages.parts.room_link import link, qr
from pages.parts.room_seat import Seat, seat

ALONE, VIEW, LOSS, BOARD = 325, 225, 165, 6  # pixels of the pictures before they are enlarged, and rows of the board
CLOSED = "The stage belongs to a room’s presenter. Open it from the page *Room*."
NOTHING = "The presenter’s run appears here."
# Whatever is on the stage is enlarged as a whole: 15 px become 30, and the live pictures' 12 px 29.
STYLE = """
<style>
[data-testid="stHeader"] { display: none; }
[data-testid="stMainBlockContainer"] { padding: 0.8rem 1.5rem; max-width: none; }
.st-key-stage-words { zoom: 2; }
.st-key-stage-run { zoom: 2.4; }
@media (min-width: 1800px) { .st-key-stage-words { zoom: 2.4; } .st-key-stage-run { zoom: 2.5; } }
@media (min-width: 2400px) { .st-key-stage-words { zoom: 3.2; } .st-key-stage-run { zoom: 3.3; } }
.st-key-stage-words h1 { letter-spacing: 0.04em; padding: 0 0 1rem; line-height: 1.1; white-space: nowrap; }
.st-key-stage-words h5 { padding: 0 0 0.4rem; font-size: 1rem; line-height: 1.25; }
.st-key-stage-words [data-testid="stCaptionContainer"] p { font-size: 0.95rem; }
.st-key-stage-words [data-testid="stImage"] img { border-radius: 3px; }
.st-key-stage-words [data-testid="stTable"] :is(th, td) {
  padding: 0.15rem 0.25rem; font-size: 0.95rem; overflow-wrap: anywhere; }
.st-key-stage-run { gap: 0.2rem; }
/* A low screen has room for one picture: what is learned, which has the scores with it. */
@media (min-height: 1001px) { .st-key-stage-alone { display: none; } }
@media (max-height: 1000px) { .st-key-stage-view, .st-key-stage-loss { display: none; } }
@media (max-height: 800px) { .st-key-stage-run { zoom: 1.95; } }
</style>
"""


def shown(here: Seat) -> tuple[str, Run | None]:
    """Whose run is on the stage, and the run: the one put there, else the one that all follow, else the presenter's."""
    room = here.room
    lit = next((member for member in rooms().members(room.code) if member.id == room.spotlight), None)
    if lit is not None and lit.run_id:
        return plain(lit.nickname), engine().find(lit.run_id)
    if room.follow:
        return "The presenter", engine().find(room.follow)
    return "The presenter", engine().library.find_watched(state.asked("watch"))


def way_in(here: Seat) -> None:
    """The code, the link, and both as a picture, smaller where the board needs room."""
    if here.room.ended:
        st.markdown("This room has ended.")
        return
    address, typed = link("", room=here.room.code), link("room").rstrip("?")
    st.markdown(f"# {here.code}")
    st.image(qr(address), width=130 if here.room.challenge else "stretch", alt=f"QR code of {address}")
    st.markdown(plain(typed.split("://")[-1]))


here = seat()
if here is None or not here.presents:
    st.info(CLOSED, icon=":material/co_present:")
    st.stop()
st.html(STYLE)
left, right = st.columns([0.3, 0.7], gap="medium")
with left, st.container(key="stage-words"):
    way_in(here)
    board(here.room, BOARD, short=True)
with right, st.container(key="stage-run"):
    who, run = shown(here)
    st.markdown(f"**{who}**")
    if run is None:
        st.markdown(NOTHING)
    else:
        live.outputs(run.watch_id, ("view",), ALONE, key="stage-alone")
        live.outputs(run.watch_id, ("view",), VIEW, key="stage-view")
        live.outputs(run.watch_id, ("loss",), LOSS, key="stage-loss", bare=True)

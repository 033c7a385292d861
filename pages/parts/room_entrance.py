"""For who is in no room yet: join one by its code, open one, or present one from another device. Layout only."""

from collections.abc import Callable

import streamlit as st

from core.errors import UserError
from core.rooms import rooms
from core.rooms.code import read, shown
from core.rooms.nickname import MOST
from pages.parts import state
from pages.parts.plain import plain
from pages.parts.rates import check_pace
from pages.parts.room_seat import invited, join, preside

SEEN = "No account. The presenter sees your nickname, your curves and your scores, and may show your run to everyone."
OPEN = "You get a code for the wall. Whoever types it, or takes a picture of it, is in: no account."
BESIDE = "Only to present from another device as well. This browser remembers that the room is yours."
AGAIN = "For the presenter, on another device: the password that the room was opened with."


def entrance() -> bool:
    """Returns whether somebody has just come in."""
    if invited():
        with st.columns([0.25, 0.5, 0.25])[1]:
            return _join(invited())
    left, right = st.columns(2, gap="large")
    with left:
        came = _join("")
    with right:
        _open()
        _present()
    return came


def _join(code: str) -> bool:
    st.markdown("#### Join a room")
    with st.form("room.join", border=True):
        known = shown(read(code) or "") if read(code) else code
        typed = st.text_input("Room code", known, key="room.code", placeholder="BCD-FGH", max_chars=40)
        name = st.text_input("Your nickname", key="room.nickname", max_chars=40 * MOST)
        st.caption(SEEN)
        pressed = st.form_submit_button("Join", type="primary", icon=":material/login:", width="stretch")
    return pressed and _tried(lambda: join(typed or "", name or ""))


def _open() -> None:
    st.markdown("#### Open a room")
    with st.form("room.open", border=True):
        title = st.text_input("Title", key="room.title", placeholder="What it is about", max_chars=200)
        password = st.text_input("Password, if you like", key="room.password", type="password", help=BESIDE, max_chars=200)
        st.caption(OPEN)
        pressed = st.form_submit_button("Open", icon=":material/co_present:", width="stretch")
    if pressed and _tried(lambda: _opened(title or "", password or "")):
        st.rerun()


def _opened(title: str, password: str) -> None:
    room, key = rooms().open(title, password)
    preside(room.code, key)


def _present() -> None:
    with st.expander("I present a room already", icon=":material/key:"), st.form("room.present", border=False):
        st.caption(AGAIN)
        code = st.text_input("Its code", key="room.present.code", placeholder="BCD-FGH", max_chars=40)
        password = st.text_input("Its password", key="room.present.password", type="password", max_chars=200)
        pressed = st.form_submit_button("Present", width="stretch")
    if pressed and _tried(lambda: _again(code or "", password or "")):
        st.rerun()


def _again(typed: str, password: str) -> None:
    key = rooms().present(typed, password, state.person())
    preside(read(typed) or "", key)


def _tried(act: Callable[[], None]) -> bool:
    """Whether it went well; else says what was wrong."""
    try:
        check_pace("joining", state.person(), st.context.ip_address)
        act()
    except UserError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return False
    return True

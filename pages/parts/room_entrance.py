"""For who is in no room yet: join one by its code, open one, or present one from another device. Layout only."""

from collections.abc import Callable
from typing import Any

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
_WISH, _REFUSED = "room.wish", "room.refused"


def come_in() -> bool:
    """Does what the last press on a form here asked for, before the seat is looked for: what is drawn is the page after it.

    Returns whether a member has just come in. What is refused, the form says when it is drawn.
    """
    held = state.memory()
    name = held.pop(_WISH, "")
    if not name:
        return False
    try:
        check_pace("joining", state.person(), st.context.ip_address)
        WISHES[name]()
    except UserError as error:
        held[_REFUSED] = name, str(error)
        return False
    return name == "join"


def entrance() -> None:
    """Who comes by a link with a code in it is asked for the nickname, and for nothing else."""
    if invited():
        with st.columns([0.25, 0.5, 0.25])[1]:
            _join_form(invited())
        return
    left, right = st.columns(2, gap="large")
    with left:
        _join_form("")
    with right:
        _open_form()
        _present_form()


def _join_form(code: str) -> None:
    st.markdown("#### Join a room")
    with st.form("room.join", border=True):
        known = shown(read(code) or "") if read(code) else code
        st.text_input("Room code", known, key="room.code", placeholder="BCD-FGH", max_chars=40)
        st.text_input("Your nickname", key="room.nickname", max_chars=40 * MOST)
        st.caption(SEEN)
        _button("Join", "join", type="primary", icon=":material/login:")
    _refused("join")


def _open_form() -> None:
    st.markdown("#### Open a room")
    with st.form("room.open", border=True):
        st.text_input("Title", key="room.title", placeholder="What it is about", max_chars=200)
        st.text_input("Password, if you like", key="room.password", type="password", help=BESIDE, max_chars=200)
        st.caption(OPEN)
        _button("Open", "open", icon=":material/co_present:")
    _refused("open")


def _present_form() -> None:
    with st.expander("I present a room already", icon=":material/key:", expanded=_is_refused("present")):
        with st.form("room.present", border=False):
            st.caption(AGAIN)
            st.text_input("Its code", key="room.present.code", placeholder="BCD-FGH", max_chars=40)
            st.text_input("Its password", key="room.present.password", type="password", max_chars=200)
            _button("Present", "present")
        _refused("present")


def _button(label: str, wish: str, **look: Any) -> None:
    """Notes the wish alone: what a callback raises, no page could say."""
    st.form_submit_button(label, width="stretch", on_click=_wish, args=(wish,), **look)


def _wish(name: str) -> None:
    state.memory()[_WISH] = name


def _is_refused(form: str) -> bool:
    return state.memory().get(_REFUSED, ("", ""))[0] == form


def _refused(form: str) -> None:
    """Says it once, at a place that is there in any case: what follows must not become another thing to the browser."""
    with st.container():
        if _is_refused(form):
            _, sentence = state.memory().pop(_REFUSED)
            st.error(plain(sentence), icon=":material/error:")


def _typed(key: str) -> str:
    return state.value(key) or ""


def _join() -> None:
    join(_typed("room.code"), _typed("room.nickname"))


def _open() -> None:
    room, key = rooms().open(_typed("room.title"), _typed("room.password"))
    preside(room.code, key)


def _present() -> None:
    code = _typed("room.present.code")
    key = rooms().present(code, _typed("room.present.password"), state.person())
    preside(read(code) or "", key)


WISHES: dict[str, Callable[[], None]] = {"join": _join, "open": _open, "present": _present}
"""By the forms that they are asked for in."""

"""How people come into a room: its link, and the same as a QR code, drawn here without asking anyone. Layout only."""

from urllib.parse import urlencode, urlsplit

import segno
import streamlit as st

LOCAL = ("localhost", "127.0.0.1", "::1")
ALONE = (
    "This page was opened as “{host}”, which leads nowhere from other devices. Open it by this machine’s name or address, "
    "and the link and the code will lead here."
)


def link(page: str, **query: str) -> str:
    """The address of a page of this app, as the browser reached it; without one, from where the browser is.

    page: "" is the first, to which people are led: the room's door stands in place of any page, but from the page Room they
    have to be led on.
    """
    here = st.context.url or ""
    return f"{here.rsplit('/', 1)[0] if here else ''}/{page}?{urlencode(query)}"


def alone() -> str:
    """A sentence where others cannot reach this page by the address that it was opened by; else ""."""
    host = urlsplit(st.context.url or "").hostname or ""
    return ALONE.format(host=host) if host in LOCAL else ""


def qr(address: str) -> str:
    """An address as a QR code: SVG, dark on white whatever the theme, with the margin that cameras need."""
    return segno.make(address, error="m", micro=False).svg_inline(border=3, dark="#000", light="#fff", omitsize=True)

"""Groups of controls that a room's presenter may lock, each by the name of what it changes. Layout only.

A group is a container that carries that name. The room's bar closes it in the browser: nothing in it can be clicked or typed
into then, whatever it is made of. What a closed group would change is refused by the server all the same (`room_seat`).
"""

from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

Part = Literal["data", "tasks", "network", "activations", "sharing", "weighting", "training"]
"""As `core.rooms.locks.LOCKS` names them."""
LOCKED = "The presenter has locked this for now."
PREFIX = "part-"


def part(name: Part, place: str, width: Literal["stretch", "content"] = "stretch") -> DeltaGenerator:
    """A container of controls that change this part of the document. place: which one of a page; no two are the same."""
    return st.container(key=f"{PREFIX}{name}-{place}", width=width)

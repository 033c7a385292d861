"""How the server is doing, for who keeps it: at the machine itself, or with the status key. In no menu. Layout only."""

import streamlit as st

from core.runs import engine
from core.runs.status import status
from pages.parts import state
from pages.parts.keeper import is_here, knows_key

EVERY = 2.0  # seconds


def _may_look() -> bool:
    headers = {name.lower(): value for name, value in st.context.headers.items()}
    # Streamlit tells no address of who comes from this machine.
    return is_here(headers, "127.0.0.1" if st.context.ip_address is None else st.context.ip_address)


@st.fragment(run_every=EVERY)
def _numbers() -> None:
    told = status(engine())
    runs, queue, memory = told["runs"], told["queue"], told["memory"]
    if told["trouble"]:
        st.error(f"Runs cannot be written at the moment ({told['trouble']}). They are kept in memory and written again.")
    rows = {
        "Runs": {
            "Playing": runs["playing"],
            "In memory": runs["here"],
            "Watched": runs["watched"],
            "Driven elsewhere": runs["mirrored"],
            "People": runs["people"],
        },
        "Queue": {
            "Waiting": queue["waiting"],
            "Under way": f"{queue['under_way']} of {queue['lanes']}",
            "A slice takes": f"{1000 * queue['slice']:.0f} ms",
            "A turn comes every": f"{queue['turn']:.2f} s",
        },
        "Memory": {
            "Server": f"{memory['server']:,.0f} MB",
            "Workers": f"{memory['workers']:,.0f} MB",
            "Processes that train": len(told["workers"]),
            "Up for": f"{told['up'] / 3600:.1f} h",
        },
    }
    for title, numbers in rows.items():
        st.subheader(title)
        for place, (label, value) in zip(st.columns(5), numbers.items(), strict=False):
            place.metric(label, value)


st.title("Status")
if _may_look() or state.get("status.open"):
    _numbers()
else:
    key = st.text_input("Status key", type="password", help="The one that the server was started with, in MTL_STATUS_KEY.")
    if knows_key(key):
        state.put("status.open", True)
        st.rerun()
    elif key:
        st.error("This is not the status key.")

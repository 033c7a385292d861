"""What becomes of a file that someone brings: who can reach it, for how long, and a button that deletes it. Layout only."""

import streamlit as st

from core.runs import engine, uploads
from core.settings import keep_hours
from pages.parts import state
from pages.parts.plain import plain

STAYS = (
    "A file stays on this server, only for who has this page's address. "
    "Deleted after {hours} without use, or at once by a button."
)
DELETE = "Deletes the file and everything made from it here: the table, what was learned from it, the undo."


def promise() -> str:
    """What is said beside every place where one can drop a file: where it is, who can reach it, and how it goes again."""
    hours = keep_hours()
    return STAYS.format(hours=f"{hours:g} hours" if hours != 1 else "an hour")


def privacy() -> None:
    """The button; nothing while the table is a sample."""
    if state.document().data.source.kind != "file":
        return
    st.button("Delete my file now", icon=":material/delete:", help=DELETE, on_click=_delete)


def _delete() -> None:
    if state.refused():
        return
    run = state.own()
    name = state.document().data.source.name
    state.put("marking", False)
    state.put("marking.before", None)
    state.put("ask", None)
    state.change(state.first())
    state.forget_steps()
    uploads.delete(engine().folder, run.id)
    st.cache_data.clear()
    st.cache_resource.clear()
    st.toast(f"{plain(name)} is deleted from this server.", icon=":material/delete:")

"""A data set from the web, by number or name: asked for in the background, then opened as a dropped file is. Layout only."""

import streamlit as st

from core.data.columns import mark
from core.data.openml import Fetch, Fetched, fetches
from core.data.source import load
from core.errors import UserError
from core.experiment import MAX_TASKS, Experiment
from pages.parts import state
from pages.parts.data_upload import opened
from pages.parts.plain import plain

TICK = 0.5  # seconds
WIDTH = 420  # pixels, whatever it says
HELP = (
    "A data set's number or name at openml.org, such as 31 or credit-g. This server asks for it there, so that it has to be "
    "online; the table is then kept like a file of your own."
)
STOP = "Stops fetching. The table you have stays."


def web() -> None:
    """A field, a button, and how far it is."""
    fetch = fetches().get(state.get("web.key"))
    if fetch is not None and fetch.state != "under way":
        _take(fetch)
        st.rerun()
    with st.container(width=WIDTH):
        _part(fetch)


def _part(fetch: Fetch | None) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input("Number or name at OpenML", key="web.what", help=HELP, placeholder="31 or credit-g", width="stretch")
        st.button("Fetch", key="web.fetch", icon=":material/cloud_download:", disabled=fetch is not None, on_click=_begin)
    if fetch is not None:
        _watch(fetch)
    elif problem := state.get("web.problem"):
        st.error(plain(problem), icon=":material/error:")
    elif notes := _notes():
        st.caption(plain(" ".join(notes)))


def _watch(fetch: Fetch) -> None:
    """How far it is, drawn anew by itself; the whole page once it is over."""

    @st.fragment(run_every=TICK)
    def look() -> None:
        if fetch.state != "under way":
            st.rerun()
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(f"“{plain(fetch.what)}”: {fetch.stage}, {fetch.seconds:,.0f} s", width="stretch")
            st.button("Cancel", key="web.cancel", icon=":material/close:", help=STOP, on_click=fetch.cancel)

    look()


def _begin() -> None:
    state.put("web.problem", None)
    try:
        state.put("web.key", fetches().begin(str(state.value("web.what") or "")))
    except UserError as error:
        state.put("web.problem", str(error))


def _take(fetch: Fetch) -> None:
    """What has become of it: a table, a sentence, or nothing."""
    state.put("web.key", None)
    if fetch.state == "failed":
        state.put("web.problem", fetch.problem)
    found = fetch.result
    if fetch.state == "done" and found is not None:
        state.attempt(lambda: _opened(found))


def _opened(found: Fetched) -> Experiment:
    """The document that it begins with: what OpenML has people predict is a task."""
    made = opened(found.raw, found.name)
    table = load(made.data.source, state.store())
    for column in [each for each in found.targets if each in table.frame][:MAX_TASKS]:
        made = mark(made, table, column, "task")
    state.put("web.notes", (made.data.source.sha256, found.notes))
    return made


def _notes() -> tuple[str, ...]:
    """Where the table that is in use came from, if it came this way."""
    sha256, notes = state.get("web.notes", ("", ()))
    return notes if sha256 and sha256 == state.document().data.source.sha256 else ()

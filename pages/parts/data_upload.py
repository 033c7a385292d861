"""The place to drop a file of one's own, and what becomes of one that is too large. Layout only."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import streamlit as st

from core.data.columns import begin
from core.data.reading.container import is_text
from core.data.reading.limits import TooLarge
from core.data.source import load
from core.errors import UserError
from core.experiment import Experiment, Reading, Source
from core.runs import engine
from core.runs.limits import check_stored
from pages.parts import controls, state
from pages.parts.data_privacy import promise
from pages.parts.data_reading import AUTO, DELIMITERS, HEADERS, HELP

FILES = (
    "A table as your program saves it: CSV or other text with commas, semicolons, tabs or spaces between the cells, Excel, "
    "Parquet; also packed as zip or gzip. Nothing in it is ever run."
)
HEAD = 4096
"""Bytes that tell whether a refused file is a text."""
SAMPLE = "Draws so many rows at random, the same ones each time; the others stay in the file."


def upload(label: str, name: str, after: Callable[[Experiment], Any] | None = None) -> None:
    """An uploader; a file that cannot be read leaves everything as it was. after: called with the document before it."""
    key = f"{name}.{state.get('uploads', 0)}"  # another one after each file: the place to drop one is empty again
    st.file_uploader(label, key=key, on_change=_take, args=(key, after), help=FILES)
    st.caption(promise())


def again() -> None:
    """For a file that was refused: of one with too many rows a sample as a click; of a text, other ways to read it."""
    refused = state.get("upload.refused")
    if refused is None or not state.problem():
        return
    source, rows = refused
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if rows:
            label = f"Take {rows:,} rows at random"
            st.button(label, icon=":material/casino:", key="upload.sample", help=SAMPLE, on_click=_again, args=("rows", rows))
            return
        choices: list[tuple[str, str, Mapping[Any, str]]] = [
            ("delimiter", "Between cells", DELIMITERS),
            ("header", "First line", HEADERS),
        ]
        for name, label, options in choices:
            with st.container(width=170):
                titles: dict[Any, str] = {None: AUTO, **options}
                now = getattr(source.reading, name)
                controls.select(label, f"upload.{name}", now, titles, partial(_again, name), HELP[name])
        with st.container(width=130):
            skip = source.reading.skip or 0
            controls.number("Lines before", "upload.skip", skip, partial(_again, "skip"), HELP["skip"], 0, 1000, 1)


def opened(raw: bytes | memoryview, name: str, reading: Reading | None = None) -> Experiment:
    """The document that a file begins with. Raises `UserError` for what is no table.

    A refused file is kept only as long as it could be read in another way: till the next one comes.
    """
    files = state.store()
    before = state.get("upload.refused")
    if before is not None and before[0].sha256 != state.document().data.source.sha256:
        files.drop(before[0].sha256)
    state.put("upload.refused", None)
    check_stored(engine().folder, engine().library.of(state.run().person), len(raw))
    source = Source(kind="file", name=name, sha256=files.put(raw), reading=reading or Reading())
    try:
        return begin(source, load(source, files))
    except TooLarge as error:
        state.put("upload.refused", (source, error.rows))
        raise
    except UserError:
        if is_text(bytes(raw[:HEAD])):
            state.put("upload.refused", (source, 0))
        elif source.sha256 != state.document().data.source.sha256:
            files.drop(source.sha256)
        raise


def _take(key: str, after: Callable[[Experiment], Any] | None) -> None:
    file = state.value(key)
    if file is None:
        return
    state.put("uploads", state.get("uploads", 0) + 1)
    before = state.document()
    state.attempt(lambda: opened(file.getvalue(), file.name))
    if after is not None and state.document() != before:
        after(before)


def _again(name: str, value: Any) -> None:
    """Reads the refused file in another way."""
    source, _ = state.get("upload.refused")
    source = source.model_copy(update={"reading": source.reading.model_copy(update={name: value})})
    state.put("upload.refused", (source, 0))
    state.attempt(lambda: begin(source, load(source, state.store())))

"""The place to drop a file of one's own, and what becomes of one that is too large. Layout only."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from core.data.columns import begin
from core.data.reading.limits import TooLarge
from core.data.source import load
from core.errors import UserError
from core.experiment import Experiment, Reading, Source
from pages.parts import state
from pages.parts.data_privacy import promise

FILES = (
    "A table as your program saves it: CSV or other text with commas, semicolons, tabs or spaces between the cells, Excel, "
    "Parquet; also packed as zip or gzip. Nothing in it is ever run."
)
SAMPLE = "Draws so many rows at random, the same ones each time; the others stay in the file."


def upload(label: str, name: str, after: Callable[[Experiment], Any] | None = None) -> None:
    """An uploader; a file that cannot be read leaves everything as it was. after: called with the document before it."""
    key = f"{name}.{state.get('uploads', 0)}"  # another one after each file: the place to drop one is empty again
    st.file_uploader(label, key=key, on_change=_take, args=(key, after), help=f"{FILES}\n\n{promise()}")


def too_large() -> None:
    """For a file with too many rows: a sample of them, as a click."""
    found = state.get("upload.large")
    if found is None or not state.problem():
        return
    source, rows = found
    label = f"Take {rows:,} rows at random"
    st.button(label, icon=":material/casino:", key="upload.sample", help=SAMPLE, on_click=_sample, args=(source, rows))


def opened(raw: bytes | memoryview, name: str, reading: Reading | None = None) -> Experiment:
    """The document that a file begins with. Raises `UserError` for what is no table; then the file is kept nowhere."""
    files = state.store()
    source = Source(kind="file", name=name, sha256=files.put(raw), reading=reading or Reading())
    state.put("upload.large", None)
    try:
        return begin(source, load(source, files))
    except TooLarge as error:
        state.put("upload.large", (source, error.rows))
        raise
    except UserError:
        if source.sha256 != state.document().data.source.sha256:
            files.drop(source.sha256)
        raise


def _take(key: str, after: Callable[[Experiment], Any] | None) -> None:
    file = state.value(key)
    if file is None:
        return
    state.put("uploads", state.get("uploads", 0) + 1)
    before = state.document()
    state.attempt(lambda: opened(file.getbuffer(), file.name))
    if after is not None and state.document() != before:
        after(before)


def _sample(source: Source, rows: int) -> None:
    state.put("upload.large", None)
    drawn = source.model_copy(update={"reading": source.reading.model_copy(update={"rows": rows})})
    state.attempt(lambda: begin(drawn, load(drawn, state.store())))

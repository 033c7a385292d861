"""How a file was read, as choices that one can change: the table below follows at once. Layout only.

What was done to single columns is said elsewhere: in the sentences that come with the table, and with each column's picture.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from core.data.dataset import Understood
from core.data.reread import reread
from core.data.source import load
from core.experiment import Experiment, Reading
from pages.parts import controls, state
from pages.parts.plain import plain

ENCODINGS = {"utf-8": "UTF-8", "utf-16": "UTF-16", "windows-1252": "Windows-1252", "latin-1": "Latin-1"}
DELIMITERS = {",": "comma  ,", ";": "semicolon  ;", "\t": "tab", "|": "bar  |", " ": "spaces"}
DECIMALS = {".": "point  1.5", ",": "comma  1,5"}
HEADERS = {True: "names", False: "rows at once"}
HELP = {
    "encoding": "Which bytes stand for which letters. Wrong, if ä, é or € look broken.",
    "delimiter": "What stands between two cells. Wrong, if the table has one column only.",
    "decimal": "What stands before the decimals. Wrong, if numbers are a thousand times too large, or are texts.",
    "header": "Whether the first line names the columns.",
    "skip": "Lines before the table: a title, notes.",
    "sheet": "Which sheet of the file holds the table.",
}
AUTO = "found by looking"
KINDS = {"text": "text", "Excel": "Excel", "Parquet": "Parquet"}


def reading() -> None:
    """What was understood of the file, each of it a choice; nothing for samples."""
    source = state.document().data.source
    found = state.table().understood
    if source.kind != "file" or found is None:
        return
    st.caption(f"Read as {said(found)}.")
    box = st.expander("How the file was read", icon=":material/manage_search:")  # of one name, so that it stays open
    with box, st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        for name, options in choices(found).items():
            _select(name, options, getattr(source.reading, name), getattr(found.reading, name))
        if found.kind != "Parquet":
            skip = source.reading.skip if source.reading.skip is not None else found.reading.skip or 0
            with st.container(width=120):
                controls.number("Lines before", "reading.skip", skip, partial(_change, "skip"), HELP["skip"], 0, 1000, 1)


def choices(found: Understood) -> dict[str, Mapping[Any, str]]:
    """What can be chosen, by the field of `Reading`."""
    if found.kind == "text":
        return {"encoding": ENCODINGS, "delimiter": DELIMITERS, "decimal": DECIMALS, "header": HEADERS}
    if found.kind == "Excel":
        return {"sheet": {sheet: sheet for sheet in found.sheets}, "header": HEADERS}
    return {}


def said(found: Understood) -> str:
    """In one line."""
    read = found.reading
    parts = [f"{KINDS[found.kind]}{f' in {found.packed}' if found.packed else ''}"]
    if found.kind == "text":
        parts += [
            ENCODINGS.get(read.encoding or "", ""),
            f"{DELIMITERS.get(read.delimiter or '', '').split('  ')[0]} between cells",
        ]
        parts += [f"decimal {DECIMALS[read.decimal].split('  ')[0]}"] if read.decimal else []
    if found.kind == "Excel" and read.sheet:
        parts += [f"sheet “{plain(read.sheet)}”"]
    if found.kind != "Parquet":
        parts += ["names in the first line" if read.header is not False else "no names in it"]
    if read.rows is not None:
        parts += [f"{read.rows:,} of {found.rows:,} rows, drawn at random"]
    return ", ".join(filter(None, parts))


def _select(name: str, options: Mapping[Any, str], chosen: Any, found: Any) -> None:
    titles = {None: f"{options.get(found, found)} ({AUTO})" if found is not None else AUTO, **options}
    label = {"decimal": "Decimal mark", "header": "First line", "delimiter": "Between cells"}.get(name, name.capitalize())
    with st.container(width=205):
        controls.select(label, f"reading.{name}", chosen, titles, partial(_change, name), HELP[name])


def _change(name: str, value: Any) -> None:
    state.attempt(lambda: _reread(Reading.model_validate({**state.document().data.source.reading.model_dump(), name: value})))


def _reread(reading: Reading) -> Experiment:
    document, files = state.document(), state.store()
    source = document.data.source.model_copy(update={"reading": reading})
    return reread(document, source, load(document.data.source, files), load(source, files))

"""What is worth saying about the columns, with mends to click and to undo. Layout only: `core.data.findings` says what."""

import hashlib
import json
from typing import Any

import streamlit as st

from core.data.dataset import Table
from core.data.findings import FINDINGS, Finding, Offer, apply, findings, is_done, needs, standing, undo
from core.data.source import load
from core.experiment import Experiment, parse
from pages.parts import state
from pages.parts.data_more import toggle, unfolded
from pages.parts.plain import plain
from pages.parts.words import counted

FIRST, MOST, KINDS = 6, 60, 4
"""So many stand on the page; so many are listed at all; so many kinds are named at the top."""
NOTHING = "Nothing to mend was found."
TITLE, ANCHOR = "Worth a look", "worth-a-look"
ICONS = {
    "decimal-mark": "decimal_increase",
    "few-rows": "table_rows",
    "leakage": "key",
    "rare-classes": "scatter_plot",
    "imbalance": "balance",
    "duplicate-rows": "content_copy",
    "twins": "join_inner",
    "outliers": "open_in_full",
    "stand-ins": "question_mark",
    "words": "match_case",
    "mostly-missing": "grid_off",
    "skew": "ssid_chart",
    "many-classes": "category",
    "dates": "calendar_month",
    "useless": "block",
    "mended": "build",
}
CSS = """
<style>
.st-key-findings, .st-key-findings [data-testid="stVerticalBlock"] { gap: 0.15rem; }
.st-key-findings button { min-height: 1.9rem; padding: 0 0.6rem; white-space: nowrap; }
.st-key-findings [class*="st-key-found-"] { min-height: 2rem; }
.st-key-findings [class*="st-key-found-"] > [data-testid="stElementContainer"]:first-child { min-width: 14rem; }
@media (min-width: 700px) { .st-key-findings [class*="st-key-found-"] { flex-wrap: nowrap; } }
</style>
"""


def findings_panel() -> None:
    """A line for each finding: an icon, the sentence, and at its right what can be done, or what was done and its undo."""
    document = state.document()
    found = _said(document)
    st.subheader(TITLE, anchor=ANCHOR)
    if not found:
        st.caption(NOTHING)
        return
    st.html(CSS)
    of, rest = document.data.source.model_dump_json(), len(found) - FIRST
    shown = found[: MOST if unfolded("findings", of, rest) else FIRST]
    with st.container(key="findings"):
        for number, each in enumerate(shown):
            _line(document, each, number)
        if len(found) > MOST == len(shown):
            st.caption(f"{len(found) - MOST:,} more are not listed.")
        toggle("findings", of, rest)


def summary() -> None:
    """One line that leads to the findings, for the top of the page: how many wait for a decision, and of which kinds."""
    document = state.document()
    found = _said(document)
    done = sum(_done(document, each) is not None for each in found)
    kinds = dict.fromkeys(FINDINGS[each.name].TITLE.lower() for each in found if _done(document, each) is None)
    told = ", ".join(list(kinds)[:KINDS]) + (" and more" if len(kinds) > KINDS else "")
    things = f"**[{counted(len(found) - done, 'thing')} to look at](#{ANCHOR})**: {told}." if kinds else NOTHING
    st.markdown(f":material/checklist: {things}{f' {done:,} decided already.' if done else ''}")


def _said(document: Experiment) -> list[Finding]:
    """What is found in the table as it is now, and what of the table as it was read is mended."""
    bare = document.model_copy(update={"data": document.data.model_copy(update={"mends": ()})})
    before = _found(needs(bare), bare, _read(document))
    if not document.data.mends:
        return before
    return standing(document, before, _found(needs(document), document, state.table()))


@st.cache_data(max_entries=64, show_spinner=False)
def _found(needs: str, _document: Experiment, _table: Table) -> list[Finding]:
    return findings(_document, _table)


def _read(document: Experiment) -> Table:
    """The table before mends."""
    return load(document.data.source, state.store())


def _line(document: Experiment, finding: Finding, number: int) -> None:
    done = _done(document, finding)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"found-{number}"):
        icon = f":material/{ICONS.get(finding.name, 'info')}:"
        st.markdown(f"{icon} {plain(finding.sentence)}", width="stretch")
        if done is not None:
            st.markdown(f":green[✓ {plain(done.done)}]", width="content")
            st.button(done.back, key=_key("undo", done), on_click=_undo, args=(done.op,), type="tertiary")
            return
        for offer in finding.offers:
            st.button(offer.label, key=_key("do", offer), on_click=_do, args=(offer.op,))


def _done(document: Experiment, finding: Finding) -> Offer | None:
    """The offer of a finding that was taken."""
    return next((offer for offer in finding.offers if is_done(document, offer.op)), None)


def _key(what: str, offer: Offer) -> str:
    """A widget's key: the click's own, but nothing foreign in it."""
    return f"finding.{what}.{_digest(offer.op)}"


def _digest(op: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(op, sort_keys=True).encode()).hexdigest()[:16]


def _do(op: dict[str, Any]) -> None:
    """Notes the document before, so that an undo right away brings back kinds and losses that a person chose."""
    before = state.document()
    state.attempt(lambda: apply(before, _read(before), op, lambda source: load(source, state.store())))
    state.put(f"finding.{_digest(op)}", [state.document().to_json(), before.to_json()])


def _undo(op: dict[str, Any]) -> None:
    now = state.document()
    after, before = state.get(f"finding.{_digest(op)}", ["", ""])
    state.attempt(lambda: parse(before) if now.to_json() == after else undo(now, _read(now), op))

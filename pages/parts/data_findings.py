"""What is worth saying about the columns, with mends to click and to undo. Layout only: `core.data.findings` says what."""

import hashlib
import json
from typing import Any

import streamlit as st

from core.data.dataset import Table
from core.data.findings import Finding, Offer, apply, findings, is_done, needs, undo
from core.data.source import load
from core.experiment import Experiment, parse
from pages.parts import state
from pages.parts.plain import plain

FIRST, MOST = 6, 60
"""So many stand on the page; so many are listed at all."""
NOTHING = "Nothing to mend was found."
ICONS = {
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
    found = _found(needs(document), document, _read(document))
    if not found:
        st.caption(NOTHING)
        return
    st.html(CSS)
    with st.container(key="findings"):
        for number, each in enumerate(found[:FIRST]):
            _line(document, each, number)
        if rest := found[FIRST:MOST]:
            with st.expander(f"{len(found) - FIRST} more"):
                for number, each in enumerate(rest, FIRST):
                    _line(document, each, number)
                if len(found) > MOST:
                    st.caption(f"{len(found) - MOST:,} more are not listed.")


@st.cache_data(max_entries=64, show_spinner=False)
def _found(needs: str, _document: Experiment, _table: Table) -> list[Finding]:
    return findings(_document, _table)


def _read(document: Experiment) -> Table:
    """The table before mends."""
    return load(document.data.source, state.store())


def _line(document: Experiment, finding: Finding, number: int) -> None:
    done = next((offer for offer in finding.offers if is_done(document, offer.op)), None)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"found-{number}"):
        icon = f":material/{ICONS.get(finding.name, 'info')}:"
        st.markdown(f"{icon} {plain(finding.sentence)}", width="stretch")
        if done is not None:
            st.markdown(f":green[✓ {plain(done.done)}]", width="content")
            st.button(done.back, key=_key("undo", done), on_click=_undo, args=(done.op,), type="tertiary")
            return
        for offer in finding.offers:
            st.button(offer.label, key=_key("do", offer), on_click=_do, args=(offer.op,))


def _key(what: str, offer: Offer) -> str:
    """A widget's key: the click's own, but nothing foreign in it."""
    return f"finding.{what}.{_digest(offer.op)}"


def _digest(op: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(op, sort_keys=True).encode()).hexdigest()[:16]


def _do(op: dict[str, Any]) -> None:
    """Notes the document before, so that an undo right away brings back kinds and losses that a person chose."""
    before = state.document()
    state.attempt(lambda: apply(before, _read(before), op))
    state.put(f"finding.{_digest(op)}", [state.document().to_json(), before.to_json()])


def _undo(op: dict[str, Any]) -> None:
    now = state.document()
    after, before = state.get(f"finding.{_digest(op)}", ["", ""])
    state.attempt(lambda: parse(before) if now.to_json() == after else undo(now, _read(now), op))

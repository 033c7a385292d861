"""Columns that stand below each other where there is no room for them side by side. Layout only."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

STYLE = """
<style>
@media (max-width: 1100px) {
  [class*="st-key-wrapped-"] > [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"] { flex-wrap: wrap; }
  [class*="st-key-wrapped-"] > [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"] > [data-testid="stColumn"] {
    min-width: 100%; flex: 1 1 100%; }
}
</style>
"""


def columns(key: str, widths: Sequence[float]) -> list[Any]:
    """As `st.columns`, but below each other on screens of less than 1100 pixels."""
    st.html(STYLE)
    with st.container(key=f"wrapped-{key}"):
        return st.columns(widths, gap="medium")

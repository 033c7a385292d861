"""The little CSS that Streamlit's theme has no setting for. Static text only: nothing foreign is ever put into it."""

import streamlit as st

CSS = """
<style>
[data-testid="stMainBlockContainer"] { padding: 3.75rem 1.25rem 0.5rem; max-width: 1800px; }
[data-testid="stHeader"] { height: 3rem; }
[data-testid="stVerticalBlock"] { gap: 0.55rem; }
[data-testid="stFileUploaderDropzone"] { padding: 0.4rem 0.6rem; min-height: 0; }
</style>
"""


def apply() -> None:
    st.html(CSS)

"""The little CSS that Streamlit's theme has no setting for. Static text only: nothing foreign is ever put into it."""

import streamlit as st

CSS = """
<style>
[data-testid="stMainBlockContainer"] { padding: 3.75rem 1.25rem 0.5rem; max-width: 1800px; }
[data-testid="stHeader"] { height: 3rem; }
[data-testid="stVerticalBlock"] { gap: 0.55rem; }
[data-testid="stFileUploaderDropzone"] { padding: 0.4rem 0.6rem; min-height: 0; }
/* The one large switch. */
.st-key-nonlinear label > div:first-of-type { transform: scale(1.35); transform-origin: left center; margin-right: 0.9rem; }
.st-key-nonlinear [data-testid="stWidgetLabel"] p { font-size: 1.05rem; }
@media (max-width: 1100px) {
  .st-key-playground > [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"] { flex-wrap: wrap; }
  .st-key-playground > [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"] > [data-testid="stColumn"] {
    min-width: 100%; flex: 1 1 100%; }
  /* What is learned comes right below the buttons that make it learn. */
  .st-key-playground [data-testid="stColumn"]:has(.st-key-learned) { order: -1; }
}
</style>
"""


def apply() -> None:
    st.html(CSS)

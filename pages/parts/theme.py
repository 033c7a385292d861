"""Whether this visitor sees light or dark. Knows nothing of colours."""

import streamlit as st


def is_dark() -> bool:
    """Light where the browser has not said."""
    return st.context.theme.type == "dark"

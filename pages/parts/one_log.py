"""Has Streamlit and its web server log as all of the app does (`core.logs`). Knows nothing of what they say."""

import streamlit.logger

from core.logs import adopt


def one_log() -> None:
    """Their loggers bring handlers of their own, also those that are made later."""
    streamlit.logger.setup_formatter = adopt
    streamlit.logger.update_formatter()

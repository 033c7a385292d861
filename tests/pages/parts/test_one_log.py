"""Streamlit's loggers log as all of the app does, also those that are made later."""

from collections.abc import Iterator

import pytest
import streamlit.logger

from core.logs import adopt
from pages.parts.one_log import one_log


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    before = streamlit.logger.setup_formatter
    yield
    streamlit.logger.setup_formatter = before
    streamlit.logger.update_formatter()


def test_no_handler_of_its_own_is_left() -> None:
    early = streamlit.logger.get_logger("streamlit.made.before")
    assert early.handlers
    one_log()
    late = streamlit.logger.get_logger("streamlit.made.after")
    assert streamlit.logger.setup_formatter is adopt
    for logger in (early, late):
        assert not logger.handlers
        assert logger.propagate

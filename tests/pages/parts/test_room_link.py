"""The way into a room: an address that others reach, and the same as a QR code."""

import re

import pytest
import streamlit as st

from pages.parts import room_link


def here(monkeypatch: pytest.MonkeyPatch, url: str | None) -> None:
    monkeypatch.setattr(type(st.context), "url", url)


@pytest.mark.parametrize(
    ("url", "page", "made"),
    [
        ("http://host:8501/room", "", "http://host:8501/?room=BCDFGH"),
        ("https://host/base/stage", "", "https://host/base/?room=BCDFGH"),
        ("http://host:8501/", "stage", "http://host:8501/stage?room=BCDFGH"),
        (None, "", "/?room=BCDFGH"),
    ],
)
def test_a_link_leads_to_where_the_page_is_served(
    monkeypatch: pytest.MonkeyPatch, url: str | None, page: str, made: str
) -> None:
    here(monkeypatch, url)
    assert room_link.link(page, room="BCDFGH") == made


def test_who_opened_it_as_localhost_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    here(monkeypatch, "http://localhost:8501/room")
    assert "“localhost”" in room_link.alone()
    here(monkeypatch, "http://192.168.1.7:8501/room")
    assert room_link.alone() == ""


def test_a_code_is_a_picture_with_a_margin_on_white() -> None:
    drawn = room_link.qr("https://host:8501/room?room=BCDFGH")
    assert re.match(r'<svg viewBox="0 0 (\d+) \1"', drawn)
    assert 'fill="#fff"' in drawn
    assert "script" not in drawn
    assert drawn != room_link.qr("https://host:8501/room?room=BCDFGJ")

"""Architectures in a real Chromium: chosen by clicking, drawn as what they are, and what they learn seen to move."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.seeing import Playground


@pytest.fixture
def playground(page: Page, app_url: str) -> Playground:
    return Playground(page, app_url)


def pick(playground: Playground, title: str) -> None:
    page = playground.page
    page.get_by_role("button", name="More settings").click()
    field = page.get_by_role("combobox", name="How tasks share").first
    field.click()
    field.fill(title)
    page.get_by_role("option", name=title, exact=True).first.click()
    playground.until(lambda: title in field.input_value())


def learned(playground: Playground) -> str:
    found = playground.page.locator(".shares .squares")
    return found.first.inner_text() if found.count() else ""


def watched(playground: Playground) -> None:
    """Trains on the page Results for some epochs, and sees what the sharing learned move."""
    page = playground.page
    playground.press("toggle")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Results").first.click()
    playground.until(lambda: learned(playground) != "")
    first = learned(playground)
    playground.until(lambda: learned(playground) != first)
    playground.press("toggle")
    playground.until(lambda: playground.status() in ("paused", "done", "finished"))


def test_mmoe_is_chosen_drawn_and_its_gates_move(playground: Playground, console_errors: list[str]) -> None:
    page = playground.page
    pick(playground, "Mixture of experts, a gate per task (MMoE)")
    playground.until(lambda: page.locator(".network .is-gate").count() == 2)
    assert page.locator(".network .wire").count() == 8
    watched(playground)
    told = learned(playground)
    assert "weight of each expert" in told
    assert re.search(r"in use\s+\d+ %", told)
    assert page.locator(".shares canvas").count() == 2
    assert console_errors == []


def test_cross_stitch_is_chosen_drawn_and_its_stitches_move(playground: Playground, console_errors: list[str]) -> None:
    page = playground.page
    pick(playground, "Cross-stitch")
    playground.until(lambda: page.locator(".network .mark-stitch").count() == 2)
    assert page.locator(".network .knot").count() == 4
    watched(playground)
    told = learned(playground)
    assert "stitch after layer 1" in told
    assert "stitch after layer 2" in told
    assert console_errors == []

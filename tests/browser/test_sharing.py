"""The page Sharing in a real Chromium: three tasks, a click, and the matrix is there and fits the screen; cancel."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.seeing import Playground

LONG = 90_000


@pytest.fixture
def three(page: Page, app_url: str) -> Page:
    """A run of three tasks, and the page Sharing."""
    playground = Playground(page, app_url)
    playground.choose("Data", "Linnerud")
    expect(page.get_by_text("Weight").first).to_be_visible()
    page.get_by_role("link", name="Sharing").click()
    expect(page.get_by_role("button", name="Try every pair")).to_be_visible(timeout=LONG)
    expect(page.get_by_role("button", name="Take labels away")).to_be_enabled(timeout=LONG)
    return page


def test_a_click_and_the_matrix_of_three_tasks_appears(three: Page, console_errors: list[str]) -> None:
    page = three
    page.get_by_role("button", name="Try every pair").click()
    expect(page.get_by_role("button", name="Cancel")).to_be_visible(timeout=LONG)
    expect(page.get_by_role("button", name="Cancel")).to_have_count(0, timeout=LONG)
    chart = page.get_by_test_id("stPlotlyChart")
    expect(chart.locator(".shapelayer path")).to_have_count(3 + 9, timeout=LONG)  # three alone; three pairs of two; all three
    texts = chart.locator(".annotation-text").all_text_contents()
    assert len(texts) == 12
    assert all(text.startswith("R² ") for text in texts[:3])
    assert chart.locator(".ytick").all_text_contents()[0] == "Alone"
    verdicts = page.get_by_test_id("stAlert")
    expect(verdicts).to_have_count(3)  # the twins were among them
    for text in verdicts.all_inner_texts():
        assert "95 % interval" in text
    for width in (800, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        expect(page.get_by_text("The numbers, and how they are made")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert console_errors == []


def test_cancel_stops_it(three: Page) -> None:
    page = three
    page.get_by_role("button", name="Take labels away").click()
    page.get_by_role("button", name="Cancel").click(timeout=LONG)
    expect(page.get_by_text("Stopped. What was trained by then is kept")).to_be_visible(timeout=LONG)
    expect(page.get_by_role("button", name="Cancel")).to_have_count(0)
    expect(page.get_by_role("button", name="Take labels away")).to_be_enabled()
    page.get_by_role("button", name="Take labels away").click()
    expect(page.get_by_role("button", name="Cancel")).to_be_visible(timeout=LONG)
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("button", name="Cancel")).to_have_count(0, timeout=LONG)

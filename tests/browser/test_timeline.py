"""The timeline in a real Chromium: an end is dragged, the run is played, and a frozen task's curve stands still."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.seeing import Playground

FIRST, SECOND = "sin(2x)", "cos(x)"


@pytest.fixture
def playground(page: Page, app_url: str) -> Playground:
    made = Playground(page, app_url)
    page.get_by_role("button", name="When is which task trained").click()
    expect(page.locator(".timeline .row")).to_have_count(3, timeout=30_000)
    return made


def drag(page: Page, label: str, to: float) -> None:
    """Takes an end to a share of its track."""
    end = page.get_by_role("slider", name=label)
    end.scroll_into_view_if_needed()
    track = page.locator(".timeline .track").first.bounding_box()
    place = end.bounding_box()
    assert track is not None
    assert place is not None
    page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    page.mouse.down()
    page.mouse.move(track["x"] + to * track["width"], place["y"] + place["height"] / 2, steps=4)
    page.mouse.up()


def value(page: Page, label: str) -> int:
    return int(page.get_by_role("slider", name=label).get_attribute("aria-valuenow") or "-1")


def test_a_task_whose_bar_ends_stands_still(playground: Playground) -> None:
    """With nothing shared left to move, what a frozen task says does not change by a bit."""
    page, epochs = playground.page, value(playground.page, f"End of {FIRST}")
    for label in (f"End of {FIRST}", "End of Shared layers"):
        drag(page, label, 0.05)
        playground.until(lambda label=label: value(page, label) == round(0.05 * epochs))
        page.wait_for_timeout(1500)  # the document has it
    page.keyboard.press("Escape")
    stop = round(0.05 * epochs)
    playground.press("toggle")
    playground.until(lambda: playground.epoch() > stop + 2)
    still = playground.losses(FIRST)
    playground.until(lambda: playground.epoch() > stop + 12)
    assert playground.losses(FIRST) == still


def test_arrow_keys_and_buttons_do_the_same(playground: Playground) -> None:
    page = playground.page
    epochs = value(page, f"End of {FIRST}")
    page.get_by_role("slider", name=f"End of {FIRST}").press("ArrowLeft")
    page.get_by_role("slider", name=f"End of {FIRST}").press("Shift+ArrowLeft")
    assert value(page, f"End of {FIRST}") == epochs - 11
    page.get_by_role("button", name="One after another").click()
    playground.until(lambda: value(page, f"End of {FIRST}") == value(page, f"Begin of {SECOND}") == epochs // 2)
    page.wait_for_timeout(1500)  # the document has it
    assert value(page, f"End of {FIRST}") == epochs // 2
    page.get_by_role("button", name="All the time", exact=True).click()
    playground.until(lambda: value(page, f"End of {FIRST}") == epochs and value(page, f"Begin of {SECOND}") == 0)

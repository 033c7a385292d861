"""The page Schemes in a real Chromium: filter, a click on a row, a click to use, and the Playground has it."""

import re

import pytest
from playwright.sync_api import Page, expect

from core.weighting import SCHEMES
from tests.browser.seeing import Playground, drawn

ROWS = "[class*='st-key-scheme-row-']"


@pytest.fixture
def page_of_schemes(page: Page, app_url: str) -> Page:
    Playground(page, f"{app_url}/schemes")
    expect(page.locator(ROWS)).to_have_count(len(SCHEMES), timeout=30_000)
    return page


def test_costs_are_measured_while_one_looks(page_of_schemes: Page, console_errors: list[str]) -> None:
    page = page_of_schemes
    expect(page.locator(ROWS).first).to_contain_text("1.0 ×", timeout=60_000)
    expect(page.locator(f"{ROWS}:has-text(' µs')")).to_have_count(len(SCHEMES))
    page.get_by_text("Cheapest first", exact=True).click()
    costs = re.compile(r"([\d,]+) µs")
    page.wait_for_function("document.querySelectorAll(\"[class*='st-key-scheme-row-']\").length > 1")
    page.wait_for_timeout(1500)
    found = [int(costs.search(text)[1].replace(",", "")) for text in page.locator(ROWS).all_inner_texts()]  # type: ignore[index]
    assert found == sorted(found)
    assert len(found) == len(SCHEMES)
    assert console_errors == []


def test_filter_look_use_and_the_playground_has_it(page_of_schemes: Page) -> None:
    page = page_of_schemes
    box = page.get_by_role("textbox", name="Filter")
    box.fill("bargain")
    box.press("Enter")
    expect(page.locator(ROWS)).not_to_have_count(len(SCHEMES))
    row = page.locator(".st-key-scheme-row-nash-mtl")
    row.click()  # anywhere on it
    detail = page.locator(".st-key-scheme-detail-nash-mtl")
    expect(detail.locator(".katex").first).to_be_visible()
    expect(detail).to_contain_text("It looks at")
    detail.get_by_role("button", name="Use this scheme").click()
    expect(detail).to_contain_text("The Playground now uses Nash-MTL.")
    expect(row).to_contain_text("in use")
    detail.get_by_role("link", name="Go there").click()
    expect(page.get_by_role("combobox", name="Task weights")).to_have_value("Nash-MTL", timeout=30_000)


def test_a_family_leaves_its_own(page_of_schemes: Page) -> None:
    page = page_of_schemes
    page.get_by_test_id("stButtonGroup").get_by_text("Priority", exact=True).click()
    own = [name for name, module in SCHEMES.items() if module.FAMILY == "priority"]
    expect(page.locator(ROWS)).to_have_count(len(own))


@pytest.mark.parametrize("width", [800, 1440])
def test_it_is_no_wider_than_the_screen(page_of_schemes: Page, width: int) -> None:
    page = page_of_schemes
    page.set_viewport_size({"width": width, "height": 900})
    page.locator(".st-key-scheme-row-gradnorm").click()
    expect(page.locator(".st-key-scheme-detail-gradnorm")).to_be_visible()
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    for text in page.locator(f"{ROWS} [data-testid=stMarkdown]").all()[:60]:
        assert text.evaluate("each => each.scrollWidth - each.clientWidth") <= 1


def test_the_panel_keeps_its_height_whatever_the_scheme(page: Page, app_url: str) -> None:
    Playground(page, app_url)
    more = page.get_by_role("button", name="More settings")
    tops = []
    for title in ("Equal", "GradNorm", "Cosine gate", "MGDA", "PCGrad"):
        if title != "Equal":
            box = page.get_by_role("combobox", name="Task weights")
            page.mouse.move(5, 5)  # away from what would say what it is for
            box.click()
            box.fill(title)  # the list is long: what is not in sight is not there yet
            page.get_by_role("option", name=title, exact=True).click()
            expect(box).to_have_value(title)
        drawn(page)
        page.wait_for_timeout(800)
        tops.append((more.bounding_box() or {})["y"])
    assert max(tops) - min(tops) <= 1, tops

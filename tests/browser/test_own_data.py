"""Own data in a real Chromium: files of many kinds dropped, marked, mended by a click, and trained on."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.seeing import Playground

DATA = Path(__file__).parent.parent / "data"
FILES = {  # name: the columns to predict
    "plain.csv": ("colour",),
    "semicolon.csv": ("count",),
    "decimal-comma.csv": ("size", "count"),
    "utf16-le.csv": ("wert",),
    "spaces.txt": ("colour",),
    "packed.zip": ("count",),
    "packed.csv.gz": ("count",),
    "no-header.csv": ("column 2",),
    "words-among-numbers.csv": ("n",),
    "xlsx_plain.xlsx": (),
    "parquet_plain.parquet": (),
    "hospitals.csv": ("outcome", "readmitted"),
}


@pytest.fixture
def data(page: Page, app_url: str, console_errors: list[str]) -> Page:
    Playground(page, app_url)
    page.get_by_role("link", name="Data").click()
    expect(page.get_by_text("A closer look")).to_be_visible(timeout=30_000)
    return page


def drop(page: Page, name: str) -> None:
    page.locator("input[type=file]").first.set_input_files(DATA / name)
    expect(page.get_by_text(re.compile(rf"{re.escape(name)} · \d+ rows|^{re.escape(name)}$")).first).to_be_visible(
        timeout=30_000
    )


def mark(page: Page, column: str) -> None:
    """Clicks a column's head until it says that it is a task."""
    head = page.get_by_role("button", name=re.compile(rf"^{re.escape(column)}\b"))
    for _ in range(3):
        if "task" in (head.get_attribute("aria-label") or head.inner_text()).lower():
            return
        head.click()
        page.wait_for_timeout(900)
    assert "task" in (head.get_attribute("aria-label") or head.inner_text()).lower()


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_dropped_marked_and_learned_from(data: Page, name: str, console_errors: list[str]) -> None:
    drop(data, name)
    for column in FILES[name]:
        mark(data, column)
    data.locator("[data-command=toggle]").click()
    expect(data.locator(".transport .epoch dd")).not_to_have_text(re.compile(r"^0000"), timeout=30_000)
    assert not console_errors


def test_mends_are_a_click_and_so_is_their_undo(data: Page, console_errors: list[str]) -> None:
    drop(data, "hospitals.csv")

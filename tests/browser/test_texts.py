"""Inputs that are texts in a real Chromium: the bundled reviews learned and asked, and a file with texts of one's own."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.seeing import Playground
from tests.browser.test_own_data import drop, head, mark

OWN = [("the tram was late again", "late", 0), ("a quiet walk in the park", "park", 1)]


def ask(page: Page, column: str, text: str) -> None:
    page.get_by_role("link", name="Results").first.click()
    page.get_by_role("tab", name="Ask about a row").click()
    field = page.get_by_role("textbox", name=column)
    field.fill(text)
    field.press("Control+Enter")


def test_reviews_are_learned_by_both_tasks_and_asked(page: Page, app_url: str, console_errors: list[str]) -> None:
    playground = Playground(page, app_url)
    playground.choose("Preset", "Praise and topic of a text")
    playground.until(lambda: page.get_by_text("sentiment").count() > 0 and playground.status() == "ready")
    playground.speed(6)
    playground.press("toggle")
    playground.until(lambda: playground.learned("sentiment") > 0.9 and playground.learned("topic") > 0.9, 60)
    playground.until(lambda: playground.status() == "finished", 60)
    ask(page, "text", "The soup was awful, not great.")
    expect(page.get_by_text(re.compile("^sentiment: negative"))).to_be_visible()
    expect(page.get_by_text(re.compile("^topic: restaurant"))).to_be_visible()
    ask(page, "text", "The soup was not awful.")
    expect(page.get_by_text(re.compile("^sentiment: positive"))).to_be_visible()
    assert console_errors == []


def test_a_file_with_texts_is_marked_and_learned_from(
    page: Page, app_url: str, tmp_path: Path, console_errors: list[str]
) -> None:
    lines = [f'"{text}, said visitor {row}",{row % 7},{about},{good}' for row in range(60) for text, about, good in OWN]
    path = tmp_path / "visits.csv"
    path.write_text("\n".join(["words,age,about,good", *lines]))
    playground = Playground(page, f"{app_url}/data")
    drop(page, path)
    expect(head(page, "words")).to_have_attribute("aria-label", re.compile("an input"))
    for column in ("about", "good"):
        mark(page, column)
    page.get_by_role("link", name="Network").click()
    playground.choose("Reading of texts", "in order (GRU)")
    expect(page.get_by_text("GRU").first).to_be_visible()
    page.get_by_role("link", name="Playground").click()
    playground.until(lambda: playground.status() == "ready")
    playground.speed(6)
    playground.press("toggle")
    playground.until(lambda: playground.learned("about") > 0.95 and playground.learned("good") > 0.95, 60)
    ask(page, "words", "late tram, again")
    expect(page.get_by_text(re.compile("^about: late"))).to_be_visible()
    assert console_errors == []

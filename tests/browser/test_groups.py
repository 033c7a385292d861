"""A tree of tasks in a real Chromium: built by clicking, trained, saved and loaded again."""

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.seeing import Playground

TASKS = ("Weight", "Waist", "Pulse")


def losses_tab(page: Page) -> None:
    page.get_by_role("tab", name="Losses and task weights").click()


def test_a_tree_of_three_tasks_is_built_trained_saved_and_loaded(
    page: Page, app_url: str, console_errors: list[str], tmp_path: Path
) -> None:
    playground = Playground(page, app_url)
    playground.choose("Data", "Linnerud")
    page.get_by_role("link", name="Network").click()
    losses_tab(page)
    page.get_by_text("Groups of tasks", exact=True).click()
    pills = page.get_by_test_id("stButtonGroup").filter(has_text="Members of a new group")
    expect(pills.get_by_role("button").nth(2)).to_be_visible()
    names = [text for text in pills.get_by_role("button").all_inner_texts() if text]
    assert len(names) == 3
    for name in names[:2]:
        pills.get_by_role("button", name=name, exact=True).click()
    field = page.get_by_role("textbox", name="Name of the group")
    field.fill("Body")
    field.press("Enter")
    page.get_by_role("button", name="Make a group").click()
    expect(page.locator("[data-testid=stExpander] li strong", has_text="Body")).to_be_visible()
    page.get_by_test_id("stPopover").filter(has_text="Body").get_by_role("button").click()
    playground.choose("Scheme within the group", "Uncertainty (log-variance)")
    expect(page.locator("[data-testid=stExpander] li", has_text="Uncertainty (log-variance)").first).to_be_visible()
    page.keyboard.press("Escape")
    playground.press("toggle")
    playground.until(lambda: playground.epoch() >= 3)
    weighed = page.locator("[data-testid=stExpander] li", has_text=re.compile(rf"^{names[0]} · ")).last
    playground.until(lambda: weighed.count() == 1 and float(weighed.inner_text().split(" · ")[1].split(" ")[0]) != 1.0)
    playground.press("toggle")
    playground.until(lambda: playground.status() == "paused")
    page.get_by_role("tab", name="Save and load").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as experiment.json").click()
    saved = tmp_path / "experiment.json"
    download.value.save_as(saved)
    (group,) = json.loads(saved.read_text())["groups"]
    assert (group["name"], group["members"], group["weighting"]["name"]) == ("Body", names[:2], "uncertainty")
    fresh = page.context.new_page()
    other = Playground(fresh, f"{app_url}/")
    fresh.get_by_role("link", name="Network").click()
    fresh.get_by_role("tab", name="Save and load").click()
    fresh.locator("input[type=file]").first.set_input_files(saved)
    losses_tab(fresh)
    expect(fresh.locator("[data-testid=stExpander] li strong", has_text="Body")).to_be_visible()
    other.press("step")
    other.until(lambda: other.step() == 1)
    assert console_errors == []

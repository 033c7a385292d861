"""Conflict in a real Chromium: arrows that are dragged, paths that come while they are computed, MGDA standing still."""

import json
import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

SECONDS = 60_000


@pytest.fixture
def lab(page: Page, app_url: str) -> Page:
    """The page at rest: with reduced motion no arrow swings by itself."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{app_url}/conflict")
    page.locator(".effects .share b", has_text=re.compile(r"\d")).first.wait_for(timeout=SECONDS)
    return page


def until(page: Page, seen: Callable[[], bool], seconds: float = 40.0) -> None:
    ends = time.monotonic() + seconds
    while not seen():
        assert time.monotonic() < ends, page.locator(".stage").inner_text()
        page.wait_for_timeout(30)


def state(page: Page) -> str:
    return page.locator(".duel .state").inner_text()


def shares(page: Page, scheme: str) -> list[float]:
    """How much a scheme's step helps each task, as its row says."""
    row = page.locator(".effects tbody").filter(has=page.get_by_text(scheme, exact=True))
    return [float(text.replace("−", "-")) for text in row.locator(".share b").all_inner_texts()]


def drag(page: Page, what: Locator, right: float, down: float) -> None:
    box = what.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for part in range(1, 9):
        page.mouse.move(x + right * part / 8, y + down * part / 8)
        page.wait_for_timeout(16)
    page.mouse.up()


def landscape(page: Page, name: str = "Two tasks") -> None:
    page.get_by_role("tab", name="Landscape").click()
    page.get_by_role("button", name=name, exact=True).click()


def outcome(page: Page, scheme: str) -> str:
    return page.locator(".outcomes li").filter(has=page.get_by_text(scheme, exact=True)).inner_text()


def step(page: Page) -> int:
    found = re.search(r"step ([\d,]+) of", page.locator(".descent .status").inner_text())
    return int(found[1].replace(",", "")) if found else 0


def test_something_moves_by_itself_and_rests(page: Page, app_url: str, console_errors: list[str]) -> None:
    page.goto(f"{app_url}/conflict")
    page.locator(".tip").first.wait_for(timeout=SECONDS)
    seen = set()
    for _ in range(40):
        seen.add(state(page))
        page.wait_for_timeout(50)
    assert len(seen) > 5
    page.wait_for_timeout(2000)
    at_rest = state(page)
    page.wait_for_timeout(300)
    assert state(page) == at_rest
    assert console_errors == []


def test_steps_follow_an_arrow_that_is_dragged(lab: Page) -> None:
    before = shares(lab, "Equal")
    drag(lab, lab.locator(".tip").nth(1), -40, 170)
    assert "conflict" in state(lab)
    until(lab, lambda: shares(lab, "Equal") != before and shares(lab, "Equal")[1] < 0 < shares(lab, "Equal")[0])
    assert min(shares(lab, "UPGrad")) >= 0
    assert min(shares(lab, "PCGrad")) >= 0
    label = lab.locator(".duel canvas").get_attribute("aria-label") or ""
    assert "Equal helps task 1, hurts task 2" in label
    assert "UPGrad helps both" in label


def test_answers_keep_up_with_the_hand(lab: Page) -> None:
    answers: list[str] = []
    lab.on("response", lambda response: answers.append(response.url) if response.url.endswith("/conflict/arrows") else None)
    tip = lab.locator(".tip").first
    drag(lab, tip, 0, 60)
    until(lab, lambda: len(answers) >= 3, 5)


def test_an_arrow_is_moved_by_the_keyboard(lab: Page) -> None:
    tip = lab.locator(".tip").first
    tip.focus()
    before = state(lab)
    for _ in range(6):
        lab.keyboard.press("Shift+ArrowUp")
    until(lab, lambda: state(lab) != before)
    assert re.search(r"Tip of the arrow of task 1: up right", tip.get_attribute("aria-label") or "")


def test_any_scheme_can_be_chosen(lab: Page) -> None:
    lab.locator(".chip", has_text="Random").click()
    expect(lab.locator(".effects tbody")).to_have_count(7)
    until(lab, lambda: len(shares(lab, "Random (RLW)")) == 2)
    lab.locator(".chip", has_text="MGDA").first.click()
    expect(lab.locator(".effects tbody")).to_have_count(6)


def test_paths_come_while_they_are_computed_and_stay_when_one_pauses(lab: Page) -> None:
    landscape(lab)
    until(lab, lambda: step(lab) > 0)
    first = step(lab)
    until(lab, lambda: step(lab) > first)
    lab.get_by_role("button", name="Pause").click()
    paused = step(lab)
    lab.wait_for_timeout(700)
    assert step(lab) == paused
    assert 0 < paused < 35_000
    lab.get_by_role("button", name="Play", exact=True).click()
    until(lab, lambda: step(lab) > paused)


def test_mgda_stands_still_on_the_quadratic(lab: Page, console_errors: list[str]) -> None:
    landscape(lab, "Element-wise quadratic")
    until(lab, lambda: step(lab) == 50)
    expect(lab.locator(".moral")).to_contain_text("MGDA stands still at (0, −3)")
    assert "stands still at (0, −3)" in outcome(lab, "MGDA")
    assert "5 of 5 on the Pareto front" in outcome(lab, "Equal")
    assert "stands still at (0, −3)" in (lab.locator(".plane canvas").get_attribute("aria-label") or "")
    assert console_errors == []


def test_starts_are_added_moved_taken_away_and_brought_back(lab: Page) -> None:
    landscape(lab, "Element-wise quadratic")
    starts = lab.locator(".plane .start")
    expect(starts).to_have_count(5)
    plane = lab.locator(".plane canvas").bounding_box()
    assert plane is not None
    lab.mouse.click(plane["x"] + 0.75 * plane["width"], plane["y"] + 0.3 * plane["height"])
    expect(starts).to_have_count(6)
    until(lab, lambda: "of 6" in outcome(lab, "Equal"))
    drag(lab, starts.last, -30, 40)
    expect(starts).to_have_count(6)
    starts.first.click()
    expect(starts).to_have_count(5)
    starts.first.press("Enter")
    expect(starts).to_have_count(6)
    starts.last.press("Delete")
    expect(starts).to_have_count(5)
    starts.last.press("Delete")
    expect(starts).to_have_count(4)
    until(lab, lambda: "of 4" in outcome(lab, "Equal"))
    lab.get_by_role("button", name="Published starts").click()
    expect(starts).to_have_count(5)
    until(lab, lambda: outcome(lab, "Equal").endswith("5 of 5 on the Pareto front"))


def test_what_is_wrong_is_said(lab: Page) -> None:
    said = {"message": "The server is out of paper."}
    lab.route("**/conflict/arrows", lambda route: route.fulfill(status=400, body=json.dumps(said)))
    lab.locator(".tip").first.press("ArrowUp")
    expect(lab.locator(".trouble")).to_have_text(said["message"])


@pytest.mark.parametrize("width", [1440, 800])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_wider_than_the_screen(page: Page, app_url: str, width: int, theme: str) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.set_viewport_size(ViewportSize(width=width, height=900))
    page.goto(f"{app_url}/conflict")
    page.locator(".effects .share b", has_text=re.compile(r"\d")).first.wait_for(timeout=SECONDS)
    for view in ("Two gradients", "Landscape"):
        page.get_by_role("tab", name=view).click()
        page.wait_for_timeout(300)
        wide = page.evaluate(
            "[document.documentElement, document.querySelector('[data-testid=stMain]')].map((e) => e.scrollWidth)"
        )
        assert max(wide) <= width
        for box in [each.bounding_box() for each in page.locator(".lab button:visible").all()]:
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width

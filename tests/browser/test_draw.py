"""A table of one's own drawn in a real Chromium: by mouse, by keyboard, taken back, and learned."""

import math

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.seeing import Playground

PATIENCE = 15_000  # ms


class Board:
    """The board on the Data page. Places are from -1 to 1, as on its axes."""

    def __init__(self, page: Page, url: str) -> None:
        self.seen = Playground(page, f"{url}/data")
        self.page = page
        page.get_by_role("button", name="Draw your own").click()
        self.canvas = page.locator(".drawing canvas")
        self.canvas.wait_for(timeout=PATIENCE)
        self.canvas.scroll_into_view_if_needed()

    def button(self, name: str) -> Locator:
        return self.page.locator(".drawing").get_by_role("button", name=name, exact=True)

    def task(self, number: int) -> Locator:
        return self.page.locator(".drawing .task").nth(number)

    def slide(self, name: str, value: float) -> None:
        self.page.locator(".drawing").get_by_label(name, exact=True).fill(str(value))

    def count(self) -> int:
        return int(self.page.locator(".drawing .count").inner_text().split(" ")[0].replace(",", ""))

    def answers(self, task: int) -> int:
        return int(self.task(task).locator("span").inner_text().split(" ")[0])

    def at(self, x: float, y: float) -> tuple[float, float]:
        box = self.canvas.bounding_box()
        assert box is not None
        left, top, wide, high = 34, 8, box["width"] - 44, box["height"] - 34
        return box["x"] + left + (x + 1) / 2 * wide, box["y"] + top + (1 - y) / 2 * high

    def click(self, x: float, y: float) -> None:
        self.page.mouse.click(*self.at(x, y))

    def drag(self, *places: tuple[float, float], steps: int = 12) -> None:
        self.page.mouse.move(*self.at(*places[0]))
        self.page.mouse.down()
        for place in places[1:]:
            self.page.mouse.move(*self.at(*place), steps=steps)
        self.page.mouse.up()


@pytest.fixture
def board(page: Page, app_url: str) -> Board:
    return Board(page, app_url)


def test_two_tasks_are_drawn_by_mouse_and_learned(board: Board, console_errors: list[str]) -> None:
    page = board.page
    board.button("Clear").click()
    expect(page.get_by_text("Found none. Draw on the page Data").first).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Click, or drag to spray points.")).to_be_visible()
    board.slide("Width", 20)
    board.slide("Density", 20)
    board.drag((-0.8, 0.6), (0.8, 0.6))
    above = board.count()
    assert 60 < above < 120
    board.button("Class B").click()
    board.drag((-0.8, -0.6), (0.8, -0.6))  # while the first stroke may still be on its way
    both = board.count()
    assert 1.8 * above < both < 2.2 * above
    assert board.answers(0) == both
    assert board.answers(1) == 0

    board.task(1).click()
    board.slide("Width", 40)
    board.button("Class A").click()
    board.drag((-0.6, 0.9), (-0.6, -0.9))
    board.button("Class B").click()
    board.drag((0.6, -0.9), (0.6, 0.9))
    labelled = board.answers(1)
    assert 0.5 * both < labelled < both + 60
    assert board.count() - both < 60  # but for gaps between the bands, nothing new

    expect(page.get_by_text(f"{board.count()} rows, 4 columns")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".drawing .says")).to_contain_text("points train", timeout=PATIENCE)
    page.get_by_role("link", name="Playground").click()
    seen = board.seen
    expect(page.locator(".views, .outputs").first).to_be_visible(timeout=PATIENCE)
    seen.until(lambda: seen.status() == "ready")
    seen.speed(6)
    seen.press("toggle")
    seen.until(lambda: seen.status() == "finished", 90)
    seen.until(lambda: seen.learned("arc") > 0.95 and seen.learned("side") > 0.9)  # pictures come a little later
    assert console_errors == []


def test_strokes_are_taken_back_also_after_another_page(board: Board) -> None:
    page, first = board.page, board.count()
    board.drag((-0.9, -0.9), (0.9, -0.9))
    drawn = board.count()
    assert drawn > first
    page.keyboard.press("Control+z")
    assert board.count() == first
    page.keyboard.press("Control+y")
    assert board.count() == drawn
    expect(page.get_by_text(f"{drawn} rows, 4 columns")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("link", name="Network").click()
    expect(page.get_by_role("button", name="Clear")).to_have_count(0, timeout=PATIENCE)
    page.get_by_role("link", name="Data").click()
    expect(board.button("Undo")).to_be_enabled(timeout=PATIENCE)
    assert board.count() == drawn
    board.button("Undo").click()
    assert board.count() == first
    expect(page.get_by_text(f"{first} rows, 4 columns")).to_be_visible(timeout=PATIENCE)


def test_all_is_done_by_keyboard(board: Board) -> None:
    page = board.page
    board.button("Clear").focus()
    page.keyboard.press("Enter")
    assert board.count() == 0
    board.canvas.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Space")  # the same point
    assert board.count() == 1
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("2")
    page.keyboard.press("Space")
    assert board.count() == 2
    assert "x 0.2, y 0.01, class B" in page.locator(".drawing .said").inner_text()
    expect(page.get_by_text("2 rows, 4 columns")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".drawing .says")).to_contain_text("The task “side” should have points", timeout=PATIENCE)
    page.keyboard.press("Delete")
    assert board.count() == 1
    page.keyboard.press("Control+z")
    assert board.count() == 2
    assert board.seen.status() == "ready"  # Space is not Play here


def test_one_input_and_a_value_are_a_curve_that_is_learned(board: Board) -> None:
    page = board.page
    board.task(1).click()
    board.button("Remove").click()
    board.button("One input: x").click()
    page.get_by_label("What its points answer").select_option("value")
    board.button("Clear").click()
    page.get_by_label("Name of the task").fill("wave")
    page.get_by_label("Name of the task").press("Enter")
    board.slide("Width", 4)
    board.slide("Density", 3)
    board.drag(*((x / 20, 0.7 * math.sin(x / 5)) for x in range(-18, 19)), steps=1)
    expect(page.get_by_text(f"{board.count()} rows, 2 columns")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("link", name="Playground").click()
    seen = board.seen
    expect(page.locator(".outputs").first).to_be_visible(timeout=PATIENCE)
    seen.until(lambda: seen.status() == "ready")
    seen.speed(6)
    seen.press("toggle")
    seen.until(lambda: seen.status() == "finished", 90)
    seen.until(lambda: seen.learned("wave") > 0.9)  # R²; pictures come a little later


def test_a_finger_draws_and_the_page_stays_where_it_is(browser, app_url: str) -> None:
    context = browser.new_context(viewport={"width": 800, "height": 1000}, has_touch=True)
    page = context.new_page()
    board = Board(page, app_url)
    first, where = board.count(), board.canvas.bounding_box()
    touch = context.new_cdp_session(page)
    for kind, place in (("Start", (-0.8, -0.9)), *(("Move", (x / 10, -0.9)) for x in range(-7, 9)), ("End", None)):
        points = [dict(zip("xy", board.at(*place), strict=True))] if place else []
        touch.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})
    board.seen.until(lambda: board.count() > first + 5)
    assert board.canvas.bounding_box() == where
    context.close()

"""Weighting schemes in a real Chromium: picked by clicking, weights that move, a swap on the way, a look back at one epoch."""

import pytest
from playwright.sync_api import Page

from tests.browser.seeing import Playground, number

TASKS = ("sin(2x)", "cos(x)")


@pytest.fixture
def playground(page: Page, app_url: str) -> Playground:
    return Playground(page, app_url)


def pick(playground: Playground, scheme: str) -> None:
    """Types the scheme's name into the box and takes it; long lists are drawn in part."""
    field = playground.page.get_by_role("combobox", name="Task weights").first
    field.click()
    field.fill(scheme)
    playground.page.get_by_role("option", name=scheme, exact=True).first.click()


def told(playground: Playground, task: int) -> str:
    """A task's effective weight, as the table says it."""
    return playground.page.locator(".pulls table.pulls tbody tr").nth(task).locator("td").first.inner_text()


def weights(playground: Playground) -> list[float]:
    return [number(told(playground, task)) for task in range(2)]


def test_three_schemes_are_picked_on_the_way_and_weights_move(playground: Playground, console_errors: list[str]) -> None:
    page = playground.page
    playground.until(lambda: told(playground, 0) != "")
    assert weights(playground) == [1.0, 1.0]
    pick(playground, "Uncertainty (log-variance)")
    playground.press("toggle")
    playground.until(lambda: playground.epoch() >= 15)
    first = weights(playground)
    playground.until(lambda: weights(playground) != first)
    before = playground.step()
    pick(playground, "MGDA")
    playground.until(lambda: abs(sum(weights(playground)) - 1.0) < 0.01)
    assert playground.status() == "training"
    assert playground.step() > before, "the run goes on under another scheme"
    pick(playground, "PCGrad")
    playground.until(lambda: min(weights(playground)) >= 1.0)
    playground.press("toggle")
    playground.until(lambda: playground.status() == "paused")
    assert console_errors == []
    assert "PCGrad" in page.get_by_role("combobox", name="Task weights").first.input_value()


def test_a_click_on_the_losses_looks_back_at_that_epoch(playground: Playground) -> None:
    page = playground.page
    playground.speed(6)
    playground.press("epoch")
    playground.press("toggle")
    playground.until(lambda: playground.epoch() >= 60)
    playground.press("toggle")
    playground.until(lambda: playground.status() == "paused")
    page.wait_for_timeout(300)
    at = page.locator(".pulls .when")
    newest = at.inner_text()
    chart = page.locator(".losses .stack").first
    box = chart.bounding_box()
    assert box
    page.mouse.click(box["x"] + 40 + 0.3 * (box["width"] - 48), box["y"] + box["height"] - 17)  # the strip
    playground.until(lambda: at.inner_text() != newest)
    assert 0 < int(at.inner_text().split()[1]) < int(newest.split()[1])
    sentence = page.locator(".pulls .sentence").first.inner_text()
    assert sentence.startswith("This step ")
    assert any(task in sentence for task in TASKS)
    page.get_by_role("slider", name="Which epoch to look at").press("ArrowRight")
    page.get_by_role("button", name="newest").click()
    playground.until(lambda: at.inner_text() == newest)


def test_results_show_the_agreement_in_every_layer(playground: Playground) -> None:
    page = playground.page
    playground.press("epoch")
    playground.until(lambda: playground.epoch() >= 1)
    page.get_by_role("link", name="Results").click()
    squares = page.locator(".pulls .agreement")
    squares.nth(2).wait_for(timeout=20_000)
    assert squares.count() == 3, "all shared layers, and each of the two"
    assert squares.nth(1).locator("figcaption").inner_text() == "layer 1, shared"
    value = number(squares.nth(0).locator("tbody td").nth(1).inner_text())
    assert -1.0 <= value <= 1.0

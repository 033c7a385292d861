"""Time in a real Chromium: look back, go on another way, see what was before, and edit a weight."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.seeing import Playground

TASK = "sin(2x)"


@pytest.fixture
def playground(page: Page, app_url: str) -> Playground:
    return Playground(page, app_url)


def trained(playground: Playground) -> None:
    playground.speed(6)
    playground.press("toggle")
    playground.until(lambda: playground.status() == "finished", 60)
    playground.until(lambda: playground.learned(TASK) > 0.9)


def test_look_back_go_on_another_way_and_edit_a_weight(playground: Playground, console_errors: list[str]) -> None:
    page = playground.page
    bar, moment = page.locator(".transport"), page.get_by_label("Moment")
    expect(moment).to_be_disabled()  # there is nothing to look back to
    height = bar.bounding_box()["height"]
    assert height == 56
    trained(playground)
    end = playground.learned(TASK), playground.losses(TASK), playground.picture()

    # A pointer drags the track back: curves, numbers and charts are of that epoch.
    box = moment.bounding_box()
    page.mouse.move(box["x"] + 0.9 * box["width"], box["y"] + 8)
    page.mouse.down()
    for step in range(1, 21):
        page.mouse.move(box["x"] + (0.9 - 0.041 * step) * box["width"], box["y"] + 8)
    page.mouse.up()
    there = int(playground.epoch())
    assert 10 <= there < 20
    playground.until(lambda: page.locator(".losses .when").inner_text() == f"at epoch {there}")
    assert playground.sentence() == f"Epoch {there} of 200: press Play to go on from here."
    assert page.locator(".metrics .note").inner_text().startswith(f"at epoch {there}")
    playground.until(lambda: playground.losses(TASK)[0] > 2 * end[1][0])
    assert playground.learned(TASK) < end[0]
    assert playground.picture() != end[2]
    assert bar.bounding_box()["height"] == height

    # Arrow keys move by an epoch; a button leads back to the newest.
    page.keyboard.press("ArrowRight")
    playground.until(
        lambda: playground.epoch() == there + 1 and f"epoch {there + 1}" in page.locator(".losses .when").inner_text()
    )
    page.locator("[data-command=newest]").click()
    playground.until(lambda: playground.losses(TASK) == end[1] and playground.learned(TASK) == end[0])
    assert playground.status() == "finished"

    # From an earlier epoch, another scheme: what was before is a ghost.
    moment.focus()
    moment.fill("30")
    playground.until(lambda: page.locator(".losses .when").inner_text() == "at epoch 30")
    playground.choose("Task weights", "PCGrad")
    playground.until(lambda: playground.status() == "paused" and playground.epoch() == 30)
    before = page.locator(".losses .item", has_text="before the branch")
    expect(before).to_be_visible()
    moment.focus()
    page.keyboard.press("Space")  # on the track, too, it plays
    playground.until(lambda: playground.status() == "finished", 60)
    assert playground.losses(TASK) != end[1]
    expect(page.locator(".transport .ticks i")).to_have_count(1)
    page.get_by_role("button", name="Forget earlier branches").click()
    expect(before).to_be_hidden()

    # A unit of the first layer by hand: what the network says is another at once, and can be put back.
    scores, learned, picture = playground.losses(TASK), playground.learned(TASK), playground.picture()
    page.locator(".network .layer .body").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Edit weights").press("Enter")
    form = page.get_by_role("dialog", name="Weights of shared layer 1, unit 1")
    expect(form).to_be_visible()
    form.get_by_label("Which number").select_option(label=form.get_by_label("Which number").inner_text().split("\n")[1].strip())
    form.get_by_label("Value", exact=True).fill("-3.5")
    form.get_by_label("Value", exact=True).press("Enter")
    playground.until(lambda: playground.losses(TASK) != scores and playground.picture() != picture)
    expect(form.get_by_label("Which number")).to_contain_text("−3.5")
    form.get_by_role("button", name="Unit off").click()
    expect(page.locator(".transport .ticks i")).to_have_count(3)
    form.get_by_role("button", name="Restore all").click()
    playground.until(lambda: playground.losses(TASK) == scores and playground.learned(TASK) == learned)
    expect(form.get_by_role("button", name="Restore all")).to_be_disabled()

    # Undo puts edited weights back too, and leaves what was trained.
    form.get_by_role("button", name="Unit off").click()
    playground.until(lambda: playground.losses(TASK) != scores)
    page.keyboard.press("Escape")
    expect(form).to_be_hidden()
    epoch = playground.epoch()
    page.keyboard.press("Control+z")
    playground.until(lambda: playground.losses(TASK) == scores)
    assert playground.epoch() == epoch
    assert console_errors == []

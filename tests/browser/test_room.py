"""A room in a real Chromium: a presenter and two participants, each with a browser of their own, from joining to the end."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from benchmarks.browser import SCREEN

MARKUP = "<img src=x onerror=alert(1)>"
QUICK = 30_000  # ms


@pytest.fixture
def people(browser: Browser) -> Iterator[Callable[[], Page]]:
    """A new person each time: another browser, with cookies of its own. Nobody's page may ever open an alert."""
    contexts: list[BrowserContext] = []
    alarms: list[str] = []

    def person() -> Page:
        contexts.append(browser.new_context(viewport=SCREEN))
        page = contexts[-1].new_page()
        page.on("dialog", lambda dialog: (alarms.append(dialog.message), dialog.dismiss()))
        return page

    yield person
    for context in contexts:
        context.close()
    assert alarms == []


def opened(page: Page, url: str) -> str:
    """Opens a room; its code."""
    page.goto(f"{url}/room")
    expect(page.get_by_text("I present a room already")).to_be_visible(timeout=30_000)
    page.get_by_label("Title").fill("Learning together")
    page.get_by_role("button", name="Open", exact=True).click()
    code = page.locator("[aria-label=Room] .code")
    expect(code).to_have_text(re.compile(r"^Room [A-Z]{3}-[A-Z]{3}$"), timeout=30_000)
    return code.inner_text().removeprefix("Room ")


def joined(page: Page, url: str, code: str, name: str) -> None:
    """By the link that the QR code holds."""
    page.goto(f"{url}/?room={code.replace('-', '')}")
    page.get_by_label("Your nickname").fill(name)
    page.get_by_role("button", name="Join").click()
    expect(page.locator("[data-command=toggle]")).to_be_visible(timeout=30_000)


def says(page: Page, text: str) -> None:
    expect(page.locator("[aria-label=Room] .says")).to_contain_text(text, timeout=QUICK)


def bends(page: Page) -> Locator:
    """The toggle; for a moment there may be two, while the one of a document that was changed another way makes place."""
    return page.locator(".st-key-part-activations-switch-nonlinear input").last


def switch(page: Page) -> None:
    """Turns the activations on or off."""
    page.get_by_text("Activations", exact=True).first.click()


def step(page: Page) -> int:
    return int(page.locator(".transport .step dd").inner_text())


@pytest.mark.timeout(400)  # three browsers on a machine that may be busy
def test_a_lesson_from_the_first_who_joins_to_the_end(people: Callable[[], Page], app_url: str) -> None:
    presenter, ada, bo = people(), people(), people()
    asked: list[str] = []
    ada.on("request", lambda request: asked.append(request.url))
    code = opened(presenter, app_url)

    # Join: by the link, with a name that is markup; by typing the code, in small letters.
    joined(ada, app_url, code, MARKUP[:24])
    expect(ada.locator("[aria-label=Room] .who")).to_contain_text(MARKUP[:24])
    bo.goto(f"{app_url}/room")
    bo.get_by_label("Room code").first.fill(code.lower())
    bo.get_by_label("Your nickname").fill("Bo")
    bo.get_by_role("button", name="Join").click()
    expect(bo.locator("[data-command=toggle]")).to_be_visible(timeout=30_000)
    expect(presenter.locator("[aria-label=Room] .who")).to_contain_text("2 people are here", timeout=QUICK)
    names = presenter.locator(".wall .name")
    expect(names).to_have_text([MARKUP[:24], "Bo"], timeout=QUICK)
    assert ada.locator("img[src='x']").count() == presenter.locator("img[src='x']").count() == 0

    # Follow: all see the presenter's run move, can touch nothing, and learn no id that leads to it.
    presenter.get_by_role("button", name="Follow me").click()
    for page in (ada, bo):
        says(page, "You are watching the presenter’s run.")
        expect(page.locator("[data-command=toggle]")).to_be_disabled()
    presenter.get_by_role("link", name="Playground", exact=True).click()
    presenter.locator("[data-command=toggle]").click()
    for page in (ada, bo):
        page.wait_for_timeout(100)
        expect(page.locator(".transport .step dd")).not_to_have_text("000000", timeout=QUICK)
    assert ada.locator(".st-key-part-data-playground > [inert]").count() > 0
    theirs = re.search(r"run=([\w-]{32})", presenter.url)
    assert theirs is not None
    assert all(theirs[1] not in text for text in (ada.content(), ada.url, *asked))
    watched = next(url for url in reversed(asked) if "/live/" in url).split("?")[0]
    play = {"command": "pause"}
    refused = ada.request.post(watched, data=play, headers={"X-Requested-With": "mtl"})
    assert refused.status == 404
    presenter.get_by_role("button", name="Follow me").click()
    expect(ada.locator("[data-command=toggle]")).to_be_enabled(timeout=QUICK)
    assert step(ada) == 0

    # Push: what the presenter has set is what all have, to explore.
    switch(presenter)
    expect(bends(presenter)).not_to_be_checked()
    presenter.wait_for_timeout(800)
    presenter.get_by_role("button", name="Send to all").click()
    for page in (ada, bo):
        expect(page.get_by_role("button", name="Back to the presenter’s state")).to_be_visible(timeout=QUICK)
        expect(bends(page)).not_to_be_checked(timeout=QUICK)

    # Lock: greyed out, and nothing in it can be pressed; what is open stays open.
    presenter.get_by_role("link", name="Room", exact=True).click()
    presenter.get_by_role("button", name="Data", exact=True).click()
    says(ada, "Locked for now: Data.")
    expect(ada.locator(".st-key-part-data-playground > [inert]").first).to_be_attached()
    assert ada.locator(".st-key-part-activations-switch-nonlinear > [inert]").count() == 0

    # Challenge: everyone reads it, and the board keeps up with runs as they train.
    presenter.get_by_role("button", name="Start the challenge").click()
    says(bo, "Challenge: The smallest network that gets both tasks above 0.9")
    bo.locator("[data-command=toggle]").click()
    board = presenter.get_by_role("table")
    expect(board).to_contain_text("Bo", timeout=QUICK)

    # Spotlight: the stage shows that run, in letters for the last row.
    tile = presenter.locator(".wall .tile", has_text="Bo")
    tile.get_by_role("button").click()
    says(bo, "Your run is on the stage.")
    with presenter.context.expect_page() as opening:
        presenter.get_by_role("link", name="Open the stage").click()
    stage = opening.value
    expect(stage.locator(".st-key-stage-run [data-testid=stMarkdownContainer] strong")).to_have_text("Bo", timeout=30_000)
    expect(stage.locator("h1")).to_have_text(code)
    assert "run=" not in stage.url
    for text in (
        stage.locator(".st-key-stage-words p").first,
        stage.locator(".st-key-stage-run [data-testid=stMarkdownContainer] strong"),
    ):
        assert text.evaluate("each => parseFloat(getComputedStyle(each).fontSize) * each.currentCSSZoom") >= 28
    stage.close()

    # Hand in, and go back to what the presenter sent.
    bo.get_by_role("button", name="Hand in").click()
    expect(bo.get_by_text("Handed in.")).to_be_visible(timeout=QUICK)
    expect(board).to_contain_text("✓", timeout=QUICK)
    switch(ada)
    expect(bends(ada)).to_be_checked(timeout=QUICK)
    ada.get_by_role("button", name="Back to the presenter’s state").click()
    expect(bends(ada)).not_to_be_checked(timeout=QUICK)

    # Refresh: both are where they were, as who they were.
    before = step(bo)
    bo.reload()
    expect(bo.locator("[aria-label=Room] .who")).to_contain_text("Bo", timeout=30_000)
    expect(bo.locator(".transport .step dd")).not_to_have_text("000000", timeout=QUICK)
    assert step(bo) >= before
    presenter.reload()
    expect(presenter.locator("[aria-label=Room] .who")).to_contain_text("You present", timeout=30_000)

    # End: it is said, and everyone keeps their run.
    presenter.get_by_role("button", name="End the room").click()
    presenter.get_by_role("button", name="End it, keep its data").click()
    for page in (ada, bo):
        says(page, "This room has ended.")
    expect(presenter.locator(".tile button").first).to_be_hidden(timeout=QUICK)
    assert bo.locator(".st-key-part-data-playground > [inert]").count() == 0
    bo.get_by_role("button", name="Leave the room").click()
    expect(bo.locator("[aria-label=Room]")).to_have_count(0, timeout=QUICK)
    assert step(bo) >= before

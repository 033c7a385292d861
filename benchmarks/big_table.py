"""A click on the page while a run trains on 100,000 x 50 as fast as it can: how soon it is answered, in Chromium."""

import tempfile
from math import inf
from pathlib import Path
from statistics import median

from playwright.sync_api import Page

from benchmarks.browser import chromium
from benchmarks.figure import Figure
from benchmarks.load import percentile
from benchmarks.server import running

CLICKS = 25
PAUSE = 600  # ms
PATIENCE = 6_000  # ms

# Only scripts send over the page's websocket, and the last thing they say is that they have ended. A click is answered by
# the first frame after that. (Streamlit's own `data-test-script-state` misses scripts that run between two renderings.)
NOTE_ANSWERS = """
addEventListener("click", (event) => { [window.benchClicked, window.benchAnswered] = [event.timeStamp, null]; }, true);
window.WebSocket = class extends WebSocket {
  constructor(...all) {
    super(...all);
    const note = () => { window.benchAnswered = performance.now(); };
    this.addEventListener("message", () => requestAnimationFrame(() => setTimeout(note)));
  }
};
"""


def figures() -> list[Figure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with running(("-m", "benchmarks.big_table_app"), folder) as url, chromium() as page:
            page.add_init_script(NOTE_ANSWERS)
            page.goto(f"{url}/?run={(folder / 'run').read_text()}")
            page.locator(".transport .status dd").filter(has_text="ready").wait_for(timeout=60_000)
            page.locator(".transport input[type=range]").fill("6")  # as fast as it can
            page.locator(".transport button.play").click()
            page.wait_for_timeout(3000)
            before, began = steps(page), page.evaluate("performance.now()")
            times = [click(page) for _ in range(CLICKS)]
            rate = 1000 * (steps(page) - before) / (page.evaluate("performance.now()") - began)
    return [
        Figure(f"a click is answered: median of {CLICKS}", median(times), "ms", 300),
        Figure("a click is answered: 95th percentile", percentile(times, 95), "ms", 300),
        Figure("steps trained meanwhile", rate, "a second", 1, least=True),
    ]


def steps(page: Page) -> int:
    return int(page.locator(".transport .step dd").text_content() or 0)


def click(page: Page) -> float:
    """Milliseconds from a click on the switch for the activations until the page shows what the script made of it."""
    switch = page.locator('[data-testid="stCheckbox"]', has_text="Activations").first
    on = switch.locator("input").is_checked()
    switch.click()
    for _ in range(PATIENCE // PAUSE):
        page.wait_for_timeout(PAUSE)
        answered = page.evaluate("benchAnswered && performance.now() - benchAnswered > 300 && benchAnswered - benchClicked")
        if answered and switch.locator("input").is_checked() != on:
            return answered
    return inf

"""A click, and a pause, while a run trains on 100,000 x 50 as fast as it can: how soon Chromium shows the answer.

In turn with clicks while the run stands still: what the page takes in any case.
"""

import tempfile
from math import inf
from pathlib import Path
from statistics import median

from playwright.sync_api import Page

from benchmarks.browser import chromium
from benchmarks.figure import Figure
from benchmarks.load import percentile
from benchmarks.pages import note, pause
from benchmarks.server import running

ROUNDS, CLICKS = 3, 9
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
            page.locator(".transport .speed input").fill("6")  # as fast as it can
            click(page)
            note(page)
            play = page.locator(".transport button.play")
            still, training, rates, pauses = [], [], [], []
            for _ in range(ROUNDS):
                still += [click(page) for _ in range(CLICKS)]
                play.click()
                page.wait_for_timeout(2000)
                before, began = steps(page), page.evaluate("performance.now()")
                training += [click(page) for _ in range(CLICKS)]
                rates.append(1000 * (steps(page) - before) / (page.evaluate("performance.now()") - began))
                pauses.append(pause(page, play))
    return [
        Figure(f"a click is answered while it trains: median of {len(training)}", median(training), "ms", 300),
        Figure("a click is answered while it trains: 95th percentile", percentile(training, 95), "ms", 300),
        Figure("    while it stands still: median", median(still), "ms"),
        Figure("    while it stands still: 95th percentile", percentile(still, 95), "ms"),
        Figure(f"a pause holds after: slowest of {len(pauses)}", max(pauses), "ms", 300),
        Figure("steps trained meanwhile", median(rates), "a second", 1, least=True),
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

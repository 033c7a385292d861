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

# Streamlit says on its root element whether the script runs: the last change after a click is its answer.
NOTE_ANSWERS = """() => {
  addEventListener('click', (event) => { window.benchClicked = event.timeStamp; window.benchRuns = 0; }, true);
  const root = document.querySelector('[data-testid="stApp"]');
  new MutationObserver(() => {
    window.benchRunning = root.dataset.testScriptState !== "notRunning";
    if (!window.benchRunning) window.benchAnswered = performance.now();
    else if (root.dataset.testScriptState === "running") window.benchRuns += 1;
  }).observe(root, { attributeFilter: ["data-test-script-state"] });
}"""


def figures() -> list[Figure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with running(("-m", "benchmarks.big_table_app"), folder) as url, chromium() as page:
            page.goto(f"{url}/?run={(folder / 'run').read_text()}")
            page.locator(".transport .status dd").filter(has_text="ready").wait_for(timeout=60_000)
            page.locator(".transport input[type=range]").fill("6")  # as fast as it can
            page.locator(".transport button.play").click()
            page.wait_for_timeout(3000)
            page.evaluate(NOTE_ANSWERS)
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
    """Milliseconds from a click on the switch for the activations until the script has run; infinity when it does not."""
    page.locator('[data-testid="stCheckbox"]', has_text="Activations").first.click()
    for _ in range(PATIENCE // PAUSE):
        page.wait_for_timeout(PAUSE)
        if page.evaluate("benchRuns && !benchRunning"):
            return page.evaluate("benchAnswered - benchClicked")
    return inf

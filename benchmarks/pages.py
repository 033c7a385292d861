"""The default scene in Chromium: how soon the first picture moves, how often it is drawn, how soon a pause holds."""

from math import inf
from statistics import median

from playwright.sync_api import Locator, Page

from benchmarks.browser import chromium
from benchmarks.figure import Figure
from benchmarks.server import running

PAUSES = 7
DRAWN = 4_000  # ms
LOOKED_AT = 2_000  # ms

# Times are read in the page. A click's own time stamp is when the mouse went up, whatever the page was doing then.
NOTE_CLICKS = "addEventListener('click', (event) => { window.benchClicked = event.timeStamp; }, true);"

# Looks at the pictures on every frame, and tells when one first differs from what it was, and how many did. The
# canvases may be made anew at any time: empty ones are no picture.
LOOK = """(outputs) => {
  const copy = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  function look(canvas) {
    if (!canvas.width || !canvas.height) return 0;
    [copy.canvas.width, copy.canvas.height] = [canvas.width, canvas.height];
    copy.drawImage(canvas, 0, 0);
    const pixels = new Uint32Array(copy.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
    let sum = 0;
    for (let at = 0; at < pixels.length; at += 1) sum = (sum * 31 + pixels[at]) | 0;
    return sum;
  }
  function picture() {
    const found = [...outputs.querySelectorAll(".views canvas")].map(look);
    return found.length && found.every(Boolean) ? found.join() : "";
  }
  const seen = (window.benchLook = { count: 0, stop: false });
  seen.moved = new Promise((found, fail) => {
    seen.found = found;
    setTimeout(() => fail("No picture moved in 30 seconds."), 30_000);
  });
  seen.moved.catch(() => {});
  let last = picture();
  requestAnimationFrame(function again(now) {
    const next = picture();
    if (next && next !== last) {
      last = next;
      seen.count += 1;
      seen.found(performance.now());
    }
    if (!seen.stop) requestAnimationFrame(again);
  });
}"""

# Notes when the step counter last changed.
NOTE_STEPS = """(counter) => {
  new MutationObserver(() => { window.benchStepped = performance.now(); })
    .observe(counter, { childList: true, characterData: true, subtree: true });
}"""


def figures() -> list[Figure]:
    with running() as url, chromium() as page:
        play = opened(page, url)
        note(page)
        first = first_picture(page, play)
        drawn, busy = drawing(page)
        looked_at = differing(page)
        rewound(page)  # the run must not come to its end meanwhile
        pauses = [played(page, play) for _ in range(PAUSES)]
    return [
        Figure("from the click on Play to the first picture that moved", first, "ms", 2000),
        Figure("frames drawn while it plays", drawn, "a second", 30, least=True),
        Figure("    of these, with another picture than the one before", looked_at, "a second"),
        Figure("    share of the page's time spent drawing", busy, "%"),
        Figure(f"a pause holds after: slowest of {PAUSES}", max(pauses), "ms", 300),
        Figure("    median", median(pauses), "ms"),
    ]


def note(page: Page) -> None:
    """Has the page keep when it was last clicked, and when its step counter last changed."""
    page.evaluate(NOTE_CLICKS)
    page.locator(".transport .step dd").evaluate(NOTE_STEPS)


def opened(page: Page, url: str) -> Locator:
    """The page, once the run is there and stands still; returns its Play button."""
    page.goto(url)
    page.locator(".transport .status dd").filter(has_text="ready").wait_for(timeout=60_000)
    page.locator(".outputs .views canvas").first.wait_for(timeout=60_000)
    page.wait_for_timeout(1500)
    return page.locator(".transport button.play")


def first_picture(page: Page, play: Locator) -> float:
    """Milliseconds from the click to the first frame in which a picture was another."""
    page.locator(".outputs").evaluate(LOOK)
    page.wait_for_timeout(300)
    if page.evaluate("benchLook.count"):
        raise RuntimeError("A picture should stand still before the first click. Found one that moves.")
    play.click()
    moved = page.evaluate("benchLook.moved")
    return moved - page.evaluate("benchLook.stop = true, benchClicked")


def drawing(page: Page) -> tuple[float, float]:
    """Animation frames a second, and the share of the time that drawing them took (per cent)."""
    before, spent, began = page.evaluate("[__mtlLive.drawn, __mtlLive.spent, performance.now()]")
    page.wait_for_timeout(DRAWN)
    after, spent_after, ended = page.evaluate("[__mtlLive.drawn, __mtlLive.spent, performance.now()]")
    return 1000 * (after - before) / (ended - began), 100 * (spent_after - spent) / (ended - began)


def differing(page: Page) -> float:
    """Pictures a second that differ from the one before. Looking costs time of its own, so it is done apart."""
    page.locator(".outputs").evaluate(LOOK)
    page.wait_for_timeout(LOOKED_AT)
    return 1000 * page.evaluate("benchLook.stop = true, benchLook.count") / LOOKED_AT


def rewound(page: Page) -> None:
    page.locator(".transport button[data-command=rewind]").click()
    page.locator(".transport .status dd").filter(has_text="ready").wait_for(timeout=10_000)


def pause(page: Page, play: Locator) -> float:
    """Milliseconds from the click on Pause to the last change of the step counter, while it counts.

    0 when it has not changed since: at a moderate speed the run mostly waits for its next slice, and a pause ends the wait.
    """
    before = page.evaluate("benchStepped")
    page.wait_for_timeout(1000)
    counted = page.evaluate("benchStepped") != before
    play.click()
    page.wait_for_timeout(1500)
    if not counted or "paused" not in (page.locator(".transport .status dd").text_content() or ""):
        return inf
    return page.evaluate("Math.max(0, benchStepped - benchClicked)")


def played(page: Page, play: Locator) -> float:
    """A second of play, and the pause after it."""
    play.click()
    page.wait_for_timeout(300)
    return pause(page, play)

"""The default scene in Chromium: how soon the first picture moves, how often it is drawn, how soon a pause holds."""

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

# Looks at the canvases on every frame, and tells when one first differs from what it was, and how many did.
LOOK = """(views) => {
  const canvases = [...views.querySelectorAll("canvas")];
  const copy = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  function look(canvas) {
    [copy.canvas.width, copy.canvas.height] = [canvas.width, canvas.height];
    copy.drawImage(canvas, 0, 0);
    const pixels = new Uint32Array(copy.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
    let sum = 0;
    for (let at = 0; at < pixels.length; at += 1) sum = (sum * 31 + pixels[at]) | 0;
    return sum;
  }
  const picture = () => canvases.map(look).join();
  const seen = (window.benchLook = { moved: null, count: 0, stop: false });
  let last = picture();
  requestAnimationFrame(function again(now) {
    const next = picture();
    if (next !== last) {
      last = next;
      seen.count += 1;
      seen.moved ??= performance.now();
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
        page.evaluate(NOTE_CLICKS)
        page.locator(".transport .step dd").evaluate(NOTE_STEPS)
        first = first_picture(page, play)
        drawn, busy = drawing(page)
        looked_at = differing(page)
        pauses = [pause(page, play) for _ in range(PAUSES)]
    return [
        Figure("from the click on Play to the first picture that moved", first, "ms", 2000),
        Figure("frames drawn while it plays", drawn, "a second", 30, least=True),
        Figure("    of these, with another picture than the one before", looked_at, "a second"),
        Figure("    share of the page's time spent drawing", busy, "%"),
        Figure(f"a pause holds after: slowest of {PAUSES}", max(pauses), "ms", 300),
        Figure("    median", median(pauses), "ms"),
    ]


def opened(page: Page, url: str) -> Locator:
    """The page, once the run is there and stands still; returns its Play button."""
    page.goto(url)
    page.locator(".transport .status dd").filter(has_text="ready").wait_for(timeout=60_000)
    page.locator(".outputs .views canvas").first.wait_for(timeout=60_000)
    page.wait_for_timeout(1500)
    return page.locator(".transport button.play")


def first_picture(page: Page, play: Locator) -> float:
    """Milliseconds from the click to the first frame in which a picture was another."""
    page.locator(".outputs .views").evaluate(LOOK)
    page.wait_for_timeout(300)
    if page.evaluate("benchLook.moved") is not None:
        raise RuntimeError("A picture should stand still before the first click. Found one that moves.")
    play.click()
    page.wait_for_function("benchLook.moved", timeout=30_000)
    page.evaluate("benchLook.stop = true")
    return page.evaluate("benchLook.moved - benchClicked")


def drawing(page: Page) -> tuple[float, float]:
    """Animation frames a second, and the share of the time that drawing them took (per cent)."""
    before, spent, began = page.evaluate("[__mtlLive.drawn, __mtlLive.spent, performance.now()]")
    page.wait_for_timeout(DRAWN)
    after, spent_after, ended = page.evaluate("[__mtlLive.drawn, __mtlLive.spent, performance.now()]")
    return 1000 * (after - before) / (ended - began), 100 * (spent_after - spent) / (ended - began)


def differing(page: Page) -> float:
    """Pictures a second that differ from the one before. Looking costs time of its own, so it is done apart."""
    page.locator(".outputs .views").evaluate(LOOK)
    page.wait_for_timeout(LOOKED_AT)
    return 1000 * page.evaluate("benchLook.stop = true, benchLook.count") / LOOKED_AT


def pause(page: Page, play: Locator) -> float:
    """Milliseconds from the click on Pause to the last change of the step counter; plays on afterwards."""
    play.click()
    page.wait_for_timeout(1200)
    held = page.evaluate("Math.max(0, benchStepped - benchClicked)")
    counter, status = page.locator(".transport .step dd"), page.locator(".transport .status dd")
    step = counter.text_content()
    page.wait_for_timeout(300)
    if "paused" not in (status.text_content() or "") or counter.text_content() != step:
        raise RuntimeError(f"A pause should hold. Found the run {status.text_content()}, at step {counter.text_content()}.")
    play.click()
    page.wait_for_timeout(1000)
    return held

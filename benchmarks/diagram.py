"""The picture of the network while it trains, in Chromium: how often it is drawn, how soon it answers, what it costs to send.

Three networks: that of the default scene, the heart network, and 256-512-256 with five tasks.
"""

import json
import time
from statistics import median
from typing import Any

import torch
from playwright.sync_api import Page

from benchmarks.browser import chromium
from benchmarks.figure import Figure
from benchmarks.server import running
from benchmarks.tap import Tap, tapped
from core import presets
from core.data.columns import begin
from core.data.prepare import prepare
from core.data.samples import SAMPLES
from core.data.source import load
from core.experiment import Experiment, Source
from core.network.layer import Pass
from core.training.advance import Budget, advance, parameters_of
from core.training.anatomy import anatomy
from core.training.checkpoint import start
from core.training.evaluate import passed
from core.training.view import View

LOOKED_AT = 4_000  # ms
CLICKS, SNAPSHOTS = 5, 60
WIDE = (256, 512, 256)
EPOCHS = 1000
"""Enough for as long as a run is watched."""

# The diagram's canvas counts the pictures drawn on it. Long tasks are the browser's own account of them.
NOTE = """() => {
  window.benchLong = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.benchLong.push([entry.startTime, entry.duration]);
  }).observe({ type: "longtask" });
  addEventListener("click", (event) => { window.benchClicked = event.timeStamp; }, true);
}"""
COUNTED = "(canvas) => [canvas.pictures, canvas.spent, performance.now()]"

# Resolves to the time of the first frame in which one more layer is drawn.
ONE_MORE = """(svg) => {
  const count = () => svg.querySelectorAll(".is-layer:not(.going)").length;
  const before = count();
  window.benchMore = new Promise((found, fail) => {
    setTimeout(() => fail("No layer came in 10 seconds."), 10_000);
    requestAnimationFrame(function again() {
      if (count() > before) requestAnimationFrame((now) => found(performance.now()));
      else requestAnimationFrame(again);
    });
  });
}"""


def figures() -> list[Figure]:
    found = []
    with running() as url, tapped(url) as tap, chromium() as page:
        opened(page, tap.url)
        drawn, longest, kilobytes, work = watched(page, tap)
        found += [
            Figure("default scene: pictures of the network drawn", drawn, "a second", 30, least=True),
            Figure("    each takes the page", work, "ms"),
            Figure("    longest task meanwhile", longest, "ms", 100),
            Figure("    sent to the browser in all", kilobytes, "KB/s", 15),
        ]
        clicks = [added(page, "trunk", at) for at in range(CLICKS)]
        found.append(Figure(f"    a click on + shows the new layer after: median of {CLICKS}", median(clicks), "ms", 150))
        found.append(Figure("        the slowest", max(clicks), "ms"))
        for name, document, least in (("heart network", presets.load("heart"), 30), ("256-512-256, five tasks", wide(), 15)):
            loaded(page, document.changed("training.epochs", EPOCHS))
            drawn, longest, kilobytes, work = watched(page, tap)
            found += [
                Figure(f"{name}: pictures of the network drawn", drawn, "a second", least, least=True),
                Figure("    each takes the page", work, "ms"),
                Figure("    longest task meanwhile", longest, "ms", 100 if name.startswith("heart") else None),
                Figure("    sent to the browser in all", kilobytes, "KB/s"),
                Figure("    a click on + shows the new layer after", added(page, "trunk", 1), "ms", 150),
            ]
    for name, document in (
        ("default scene", scene("two-waves")),
        ("heart network", presets.load("heart")),
        ("wide network", wide()),
    ):
        found.append(Figure(f"{name}: Python makes a snapshot in", snapshot(document), "ms", 5))
    return found


def scene(sample: str, params: dict[str, Any] | None = None) -> Experiment:
    source = Source(kind="sample", name=sample, params=params or {})
    return begin(source, load(source), SAMPLES[sample])


def wide() -> Experiment:
    """256-512-256 shared, 64 for each of five tasks."""
    made = scene("related", {"tasks": 5}).changed("network.trunk", [{"width": width} for width in WIDE])
    return made.changed("network.towers", {column: [{"width": 64}] for column in made.columns})


def opened(page: Page, url: str) -> None:
    page.goto(url)
    page.locator(".transport .status dd").filter(has_text="ready").wait_for(timeout=60_000)
    page.locator(".network .living").first.wait_for(state="attached", timeout=60_000)
    page.wait_for_timeout(1500)
    page.evaluate(NOTE)


def loaded(page: Page, document: Experiment) -> None:
    """Takes a document up as a person does who has it in a file."""
    page.get_by_role("link", name="Network").click()
    page.get_by_role("tab", name="Save and load").click()
    file = {"name": "experiment.json", "mimeType": "application/json", "buffer": document.to_json().encode()}
    page.locator("input[type=file]").first.set_input_files(file)  # type: ignore[arg-type]
    page.wait_for_timeout(1500)
    page.get_by_role("link", name="Playground").click()
    page.locator(".network .living").first.wait_for(state="attached", timeout=60_000)
    page.wait_for_timeout(2500)


def watched(page: Page, tap: Tap) -> tuple[float, float, float, float]:
    """While it plays: pictures a second, longest task (ms), KB/s over the wire, and ms that a picture takes."""
    played(page)
    page.wait_for_timeout(1500)
    canvas = page.locator(".network canvas.alive")
    before, spent, began = canvas.evaluate(COUNTED)
    sent = tap.sent
    page.wait_for_timeout(LOOKED_AT)
    sent = tap.sent - sent
    after, spent_after, ended = canvas.evaluate(COUNTED)
    playing = "training" in (page.locator(".transport .status dd").text_content() or "")
    long = page.evaluate(
        "([from, to]) => benchLong.filter(([at]) => at > from && at < to).map(([, took]) => took)", [began, ended]
    )
    page.locator(".transport button.play").click()
    if not playing:
        raise RuntimeError("The run should play for as long as it is watched. Found it at its end.")
    count = after - before
    return 1000 * count / (ended - began), max(long, default=0.0), sent / (ended - began), (spent_after - spent) / max(count, 1)


def played(page: Page) -> None:
    """Has the run play, if it does not."""
    if "training" not in (page.locator(".transport .status dd").text_content() or ""):
        page.locator(".transport button.play").click()


def added(page: Page, where: str, at: int) -> float:
    """Milliseconds from the click on a + to the frame that shows its layer, while the network trains."""
    played(page)
    page.wait_for_timeout(1200)
    page.locator(".network .canvas > svg").evaluate(ONE_MORE)
    page.locator(f'.network [data-id="add:{where}:{at}"]').click()
    shown = page.evaluate("benchMore")
    took = shown - page.evaluate("benchClicked")
    page.wait_for_timeout(1500)
    return took


def snapshot(document: Experiment) -> float:
    """Median milliseconds, of one thread's own time, for the picture of the inside of a network that has learned a little."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        table = load(document.data.source)
        data = prepare(document, table)
        view = View(document, data, table)
        point, _ = advance(start(document, data), data, Budget(20))
        with torch.inference_mode():
            network, parameters = parameters_of(point, data)
            run = Pass(parameters, point.buffers)
            _, saved = passed(network, run, view.features, document.lanes)
            times = []
            for _ in range(SNAPSHOTS):
                began = time.thread_time()
                json.dumps(anatomy(document, network, run, saved, view.rows, view.measured(network), {}))
                times.append(1000 * (time.thread_time() - began))
        return median(times)
    finally:
        torch.set_num_threads(threads)

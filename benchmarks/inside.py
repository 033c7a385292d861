"""“Look inside”: what a worker takes to walk rows through a network, what is sent, and how soon a step is drawn in Chromium.

Three networks: that of the default scene, the heart network, and 256-512-256 with five tasks, with 8 rows each.
"""

import time
from statistics import median

import torch
from playwright.sync_api import Page

from benchmarks.browser import chromium
from benchmarks.diagram import scene, wide
from benchmarks.figure import Figure
from benchmarks.server import running
from core import presets
from core.experiment import Experiment
from core.runs import wire
from core.runs.inside import inside
from core.runs.slice import begin

TURNS, ROWS = 7, 8
LARGE = 2
"""The place of the 256-512 matrix in the wide network."""

# Goes on by one step and resolves to the ms until the frame in which it is drawn.
NEXT = """(button) => new Promise((found) => {
  const began = performance.now();
  button.click();
  requestAnimationFrame(() => requestAnimationFrame(() => found(performance.now() - began)));
})"""
# Goes to a step and resolves to the ms until its matrices are there: large ones are fetched.
THERE = """(slider) => new Promise((found) => {
  const began = performance.now(), root = slider.closest(".inside");
  slider.value = 4;
  slider.dispatchEvent(new Event("input"));
  requestAnimationFrame(function again() {
    if (root.querySelector(".fetching")) requestAnimationFrame(again);
    else found(performance.now() - began);
  });
})"""


def figures() -> list[Figure]:
    found = []
    documents = {"default scene": scene("two-waves"), "heart network": presets.load("heart"), "256-512-256, five tasks": wide()}
    for name, document in documents.items():
        bound = 20.0 if name != "256-512-256, five tasks" else 60.0
        for way, back in (("forward", False), ("and back", True)):
            seconds, size = walked(document, back)
            title = f"{name}: {way}, a worker takes" if not back else f"    {way}"
            found += [Figure(title, 1000 * seconds, "ms", bound), Figure("    sent", size / 1000, "KB")]
    seconds, size = walked(wide(), False, LARGE)
    found += [Figure("    forward, with the 256-512 matrix", 1000 * seconds, "ms", 60), Figure("    sent", size / 1000, "KB")]
    with running() as url, chromium() as page:
        found += drawn(page, url)
    return found


def walked(document: Experiment, back: bool, asked: int | None = None) -> tuple[float, int]:
    """The median of the processor's seconds that a walk takes, to its last byte, and how many bytes it has."""
    torch.set_num_threads(1)  # as workers have it
    point, took, text = begin(document, "").checkpoint, [], ""
    weights = [1.0] * len(document.tasks)
    for _ in range(TURNS):
        began = time.thread_time()
        text = wire.text(inside(point, "", [0], ROWS, 0, weights, asked, back))
        took.append(time.thread_time() - began)
    return median(took), len(text)


def drawn(page: Page, url: str) -> list[Figure]:
    page.goto(url)
    page.locator(".transport .status dd").filter(has_text="ready").wait_for(timeout=60_000)
    page.get_by_role("link", name="Network").click()
    page.get_by_role("tab", name="Save and load").click()
    file = {"name": "experiment.json", "mimeType": "application/json", "buffer": wide().to_json().encode()}
    page.locator("input[type=file]").first.set_input_files(file)  # type: ignore[arg-type]
    page.wait_for_timeout(2500)
    page.get_by_role("link", name="Look inside").first.click()
    page.locator(".inside .title").filter(has_text="Inputs").wait_for(timeout=60_000)
    page.wait_for_timeout(1000)
    there = page.locator(".inside .slider").evaluate(THERE)
    steps = [page.locator(".inside .next").evaluate(NEXT) for _ in range(20)]
    return [
        Figure("256-512-256: a step is drawn after (median of 20)", median(steps), "ms", 100),
        Figure("    the slowest", max(steps), "ms", 200),
        Figure("    the 256-512 matrix is fetched and drawn after", there, "ms", 1000),
    ]

"""A file of 1,000,000 x 20 numbers dropped into Chromium: how soon it is a table, how soon ready to train, in how much memory.

Memory is what a process has at most more than before the drop, of the one that grows most, in sizes of the file. Then the
same on another server while another visitor goes on clicking, in a browser that takes its share of the same processors.
"""

import re
import tempfile
import time
from itertools import combinations
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd
from playwright.sync_api import Page

from benchmarks.big_table import NOTE_ANSWERS, click
from benchmarks.browser import SCREEN, chromium
from benchmarks.figure import Figure
from benchmarks.server import running
from core.data.association import pair, telling, together
from core.data.columns import begin
from core.data.findings import findings
from core.data.source import load
from core.data.store import Store
from core.experiment import Data, Kind, Source, Task

ROWS, COLUMNS = 1_000_000, 20
LOOKED = 100_000, 50
PATIENCE = 120_000  # ms
WATCH = """(words) => {
  [window.benchBegan, window.benchSeen] = [performance.now(), null];
  const marked = (root) => root.querySelector('button.mark[aria-label^="x0: "]')
    || [...root.querySelectorAll("*")].some((each) => each.shadowRoot && marked(each.shadowRoot));
  const watch = setInterval(() => {
    if (!document.body.innerText.includes(words) || !marked(document)) return;
    window.benchSeen = performance.now();
    clearInterval(watch);
  }, 50);
}"""


def figures() -> list[Figure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "numbers.csv"
        frame = pd.DataFrame(np.random.default_rng(0).standard_normal((ROWS, COLUMNS))).add_prefix("x")
        frame.round(6).to_csv(path, index=False)
        del frame
        size = path.stat().st_size
        alone = _alone(path, folder)
        data = folder / "data"
        with running(folder=data) as url, chromium() as page:
            _open(page, url)
            before = _resident(data, "VmRSS")
            drop, _ = _drop(page, path)
            ready = _mark(page)
            after = _resident(data, "VmHWM")
            growth = max((peak - before.get(process, 0)) / size for process, peak in after.items())
        with running(folder=folder / "crowd") as url, chromium() as page:
            other = page.context.browser.new_page(viewport=SCREEN)  # type: ignore[union-attr]
            other.add_init_script(NOTE_ANSWERS)
            other.goto(url)
            other.locator(".transport .status dd").filter(has_text="ready").wait_for(timeout=PATIENCE)
            click(other)
            _open(page, url)
            crowded, clicks = _drop(page, path, other)
    return [
        Figure(f"from drop to a usable preview, {size / 1e6:,.0f} MB", drop, "s", 8.0),
        Figure("from a task marked until ready to train", ready, "s"),
        Figure("whole preparation, from drop to ready", drop + ready, "s", 15.0),
        Figure("memory that the process grows by that grows most, in sizes of the file", growth, "", 5.0),
        Figure("from drop to a usable preview while another visitor clicks", crowded, "s"),
        Figure(f"another visitor's click meanwhile: slowest of {len(clicks)}", max(clicks), "ms"),
        Figure("another visitor's click meanwhile: median", median(clicks), "ms"),
        *alone,
    ]


def _alone(path: Path, folder: Path) -> list[Figure]:
    """The steps by themselves, in this process."""
    store = Store(folder / "alone")
    source = Source(kind="file", name=path.name, sha256=store.put(path.read_bytes()))
    began = time.perf_counter()
    table = load(source, store)
    read = time.perf_counter() - began
    began = time.perf_counter()
    document = begin(source, table)
    found = time.perf_counter() - began
    began = time.perf_counter()
    findings(document, table)
    said = time.perf_counter() - began
    return [
        Figure("    reading it", read, "s"),
        Figure("    kinds and marks of its columns", found, "s"),
        Figure("    what is worth saying of it", said, "s"),
        Figure(f"tasks together and what each input says, {LOOKED[0]:,} x {LOOKED[1]}, 3 tasks", _looks(), "s", 2.0),
    ]


def _looks() -> float:
    """Seconds for all that the page shows of tasks together and of inputs with tasks."""
    dice = np.random.default_rng(0)
    frame = pd.DataFrame(dice.standard_normal(LOOKED)).add_prefix("x").assign(yes=dice.random(LOOKED[0]) > 0.5)
    tasks = [Task(column="x0", kind="regression"), Task(column="x1", kind="regression"), Task(column="yes", kind="binary")]
    inputs: dict[str, Kind] = {f"x{place}": "number" for place in range(2, LOOKED[1])}
    data = Data(source=Source(kind="file", name="any.csv"), inputs=inputs)
    began = time.perf_counter()
    together(frame, data, tasks, 0)
    for first, second in combinations(tasks, 2):
        pair(frame, data, first, second, 0)
    telling(frame, data, tasks, 0)
    return time.perf_counter() - began


def _open(page: Page, url: str) -> None:
    page.goto(url)
    page.locator(".transport .status dd").filter(has_text="ready").wait_for(timeout=PATIENCE)
    page.get_by_role("link", name="Data").click()
    page.get_by_text("Which rows are learned from").wait_for(timeout=PATIENCE)
    page.wait_for_timeout(2000)  # the new server's workers get ready meanwhile


def _drop(page: Page, path: Path, other: Page | None = None) -> tuple[float, list[float]]:
    """Seconds until the table stands there, and the milliseconds of another's clicks meanwhile."""
    page.evaluate(WATCH, f"{path.name} · {ROWS:,} rows")
    page.locator("input[type=file]").first.set_input_files(path)
    clicks, until = [], time.monotonic() + PATIENCE / 1000
    while page.evaluate("benchSeen === null"):
        if other is None:
            page.wait_for_timeout(100)
        else:
            clicks.append(click(other))
        if time.monotonic() > until:
            raise RuntimeError("the table was never seen")
    return page.evaluate("(benchSeen - benchBegan) / 1000"), clicks


def _mark(page: Page) -> float:
    """Seconds from the click that makes the first column a task until the run is ready."""
    began = time.perf_counter()
    page.locator('button.mark[aria-label^="x0: "]').click()
    page.get_by_text(re.compile("Press Play")).first.wait_for(timeout=PATIENCE)
    return time.perf_counter() - began


def _resident(data: Path, field: str) -> dict[int, int]:
    """Bytes by process, of those that were started with this data folder."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if str(data).encode() in (folder / "environ").read_bytes():
                line = re.search(rf"{field}:\s+(\d+) kB", (folder / "status").read_text())
                found[int(folder.name)] = 1024 * int(line[1]) if line else 0
        except OSError:  # ended meanwhile, or somebody else's
            continue
    return found

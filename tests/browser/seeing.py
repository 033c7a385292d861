"""What a person sees and does on the Playground, for tests: numbers are read from the page, never from the server."""

import re
import time
from collections.abc import Callable
from math import nan
from pathlib import Path

from playwright.sync_api import Locator, Page, expect


class Playground:
    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        page.goto(url)
        page.locator("[data-command=toggle]").wait_for(timeout=60_000)
        self.until(lambda: self.status() == "ready")

    def until(self, seen: Callable[[], bool], seconds: float = 30.0) -> None:
        """Waits until something is seen; says what was on the page when it is not."""
        ends = time.monotonic() + seconds
        while not seen():
            if time.monotonic() > ends:
                raise AssertionError(
                    f"It was not seen in {seconds:g} s. The bar says: {self.page.locator('.transport').inner_text()}"
                )
            self.page.wait_for_timeout(20)

    def press(self, command: str) -> None:
        self.page.locator(f"[data-command={command}]").click()

    def speed(self, stop: int) -> None:
        """0 is one step a second, 6 as fast as it can."""
        self.page.locator(".transport .speed input").fill(str(stop))

    def field(self, name: str) -> str:
        return self.page.locator(f".transport .{name} dd").inner_text()

    def status(self) -> str:
        return self.field("status")

    def step(self) -> int:
        return int(self.field("step"))

    def epoch(self) -> float:
        return float(self.field("epoch").split("/")[0])

    def sentence(self) -> str:
        return self.page.locator(".transport .say").inner_text()

    def losses(self, task: str) -> tuple[float, float]:
        """Training and validation loss of a task, as its chart says them; not a number before it says any."""
        text = self._label(f"Loss of {task} at epoch")
        found = re.search(r"training ([-−\d.,e]+), validation ([-−\d.,e]+)", text)
        return (number(found[1]), number(found[2])) if found else (nan, nan)

    def learned(self, task: str) -> float:
        """The metric shown large above what a task has learned."""
        text = self._label(f"What {task} has learned:")
        return number(text.rsplit(" ", 1)[1]) if text else nan

    def _label(self, start: str) -> str:
        labels = self.page.locator("[role=img]").evaluate_all("all => all.map(each => each.getAttribute('aria-label') ?? '')")
        return next((label for label in labels if label.startswith(start)), "")

    def picture(self, place: int = 0) -> bytes:
        """The pixels of what a task has learned."""
        return self.page.locator("canvas").nth(place).screenshot()

    def upload(self, name: str, raw: bytes | Path) -> None:
        files = raw if isinstance(raw, Path) else {"name": name, "mimeType": "text/csv", "buffer": raw}
        self.page.locator("input[type=file]").first.set_input_files(files)

    def head(self, column: str) -> Locator:
        """The button that is a column's head."""
        return self.page.get_by_role("button", name=re.compile(rf"^{re.escape(column)}\b"))

    def choose(self, box: str, option: str) -> None:
        """Types the option into a select box and takes it: of a long list only a part is drawn."""
        field = self.page.get_by_role("combobox", name=box, exact=False).first
        field.click()
        field.fill(option)
        self.page.get_by_role("option", name=option, exact=True).first.click()


def drawn(page: Page, seconds: float = 30.0) -> None:
    """Waits until the page's script has run to its end, so that nothing is left of what was shown before."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=seconds * 1000)


def number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", "").rstrip(".") or "nan")

"""The machine's Chromium, or Playwright's own, and a page in it. Knows nothing of what the pages show."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page, ViewportSize, sync_playwright

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No sandbox: it does not start for root, as which containers run; nor is their shared memory large enough. No calls
# home: they slow the start where there is no internet, and pollute measurements where there is.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


SCREEN = ViewportSize(width=1440, height=900)
"""The screen that the Playground is laid out for."""


def launch_options() -> dict[str, Any]:
    """How Playwright starts it."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    return {"args": list(ARGUMENTS), **({"executable_path": path} if path else {})}


@contextmanager
def chromium() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        try:
            yield browser.new_page(viewport=SCREEN)
        finally:
            browser.close()

"""A real Chromium before the real app, both started once for all tests of this folder.

Knows nothing of what the pages show.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from benchmarks.browser import SCREEN, launch_options
from benchmarks.server import running

HERE = Path(__file__).parent
LOG = pytest.StashKey[Path]()
expect.set_options(timeout=20_000)  # milliseconds; how fast something comes is what the benchmarks say, on a quiet machine


@pytest.hookimpl(tryfirst=True)  # before pytest looks at marks to obey -m
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks this folder's tests, and puts them last.

    Last because they are slow, and because Playwright keeps an event loop in this thread, in which
    another test's `asyncio.run` would fail.
    """
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: HERE in item.path.parents)  # stable: all else keeps its order


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    """A failed test shows the end of what the app wrote."""
    report = yield
    log = item.config.stash.get(LOG, None)
    if report.failed and log is not None and HERE in item.path.parents:
        report.sections.append(("the app's log", "\n".join(log.read_text(errors="replace").splitlines()[-60:])))
    return report


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return browser_type_launch_args | launch_options()


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    """A test of another size of screen sets it itself."""
    return {**browser_context_args, "viewport": SCREEN}


@pytest.fixture(scope="session")
def app_url(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[str]:
    """The address of the app, started as a user starts it, with an empty store."""
    folder = tmp_path_factory.mktemp("app")
    pytestconfig.stash[LOG] = folder / "log.txt"
    with running(folder=folder / "data", log=folder / "log.txt") as url:
        yield url


@pytest.fixture
def console_errors(page: Page) -> list[str]:
    """Everything that the page complains of in the browser's console, from before its first line.

    But for one thing: opened below the root (`/data`), Streamlit first looks for its server there, and gets a 404.
    """
    errors: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and "/_stcore/" not in message.location.get("url", ""):
            errors.append(f"{message.text} ({message.location.get('url', '')})")

    page.on("console", heard)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors

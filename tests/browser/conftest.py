"""A real Chromium before the real app, both started once for all tests of this folder.

Knows nothing of what the pages show.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LOG = pytest.StashKey[Path]()
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
START_SECONDS = 60  # a cold disk reads torch slowly; five are usual


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
    """The machine's Chromium if it has one, else Playwright's own."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    args = [
        "--no-sandbox",  # Chromium's sandbox does not start for root, as which containers run
        "--disable-dev-shm-usage",  # nor is their shared memory large enough
        "--disable-gpu",
        # No calls home: they slow the start where there is no internet, and pollute measurements where there is.
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-quic",
        "--disable-sync",
        "--no-first-run",
    ]
    return {**browser_type_launch_args, "args": args, **({"executable_path": path} if path else {})}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    """The screen that the playground is laid out for; a test of another size sets it itself."""
    return {**browser_context_args, "viewport": {"width": 1440, "height": 900}}


@pytest.fixture(scope="session")
def app_url(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[str]:
    """The address of the app, started as a user starts it, with an empty store."""
    folder = tmp_path_factory.mktemp("app")
    log = folder / "log.txt"
    pytestconfig.stash[LOG] = log
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.address", "127.0.0.1"],
            cwd=ROOT,
            env={**os.environ, "MTL_DATA_DIR": str(folder / "data"), "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # so that its workers can be ended with it
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(process, url, log)
        yield url
    finally:
        _end(process)


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


def _wait(process: subprocess.Popen, url: str, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            pytest.fail(f"The app ended at once:\n{log.read_text(errors='replace')}", pytrace=False)
        with suppress(OSError), urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:  # noqa: S310 our own
            if answer.status == 200:
                return
        time.sleep(0.1)
    pytest.fail(f"The app gave no answer in {START_SECONDS} s:\n{log.read_text(errors='replace')}", pytrace=False)


def _end(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    with suppress(ProcessLookupError):  # a worker that outlived it
        os.killpg(process.pid, signal.SIGKILL)
